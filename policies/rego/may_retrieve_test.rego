package keliu.may_retrieve_test

import data.keliu.may_retrieve

asked(audience, purpose, role) := {"audience": audience, "purpose": purpose, "role": role}

test_public_articles_answer_customers if {
	may_retrieve.permit.public with input as asked("public", "answer", "")
}

test_staff_articles_never_answer_customers if {
	every role in ["", "agent", "admin"] {
		count(may_retrieve.permit) == 0 with input as asked("staff", "answer", role)
	}
}

test_staff_articles_assist_the_staff if {
	may_retrieve.permit.staff with input as asked("staff", "assist", "agent")
	count(may_retrieve.permit) == 0 with input as asked("staff", "assist", "")
}

test_unheard_of_audience if {
	count(may_retrieve.permit) == 0 with input as asked("board", "assist", "admin")
}
