package keliu.may_contact_test

import data.keliu.may_contact

asked(purpose, consent, hour) := {"channel": "web", "purpose": purpose, "consent": consent, "hour": hour}

test_callback_needs_a_number_left if {
	may_contact.permit.agreed with input as asked("callback", true, 23)
	may_contact.refuse.no_consent with input as asked("callback", false, 10)
}

test_marketing_needs_consent_and_waking_hours if {
	may_contact.permit.agreed with input as asked("marketing", true, 10)
	count(may_contact.refuse) == 0 with input as asked("marketing", true, 10)
	may_contact.refuse.no_consent with input as asked("marketing", false, 10)
	may_contact.refuse.quiet_hours with input as asked("marketing", true, 22)
}

test_followup_keeps_quiet_hours if {
	may_contact.permit.service with input as asked("followup", false, 8)
	count(may_contact.refuse) == 0 with input as asked("followup", false, 8)
	count(may_contact.refuse) == 0 with input as asked("followup", false, 20)
	may_contact.refuse.quiet_hours with input as asked("followup", false, 7)
	may_contact.refuse.quiet_hours with input as asked("followup", false, 21)
}

test_unheard_of_purpose if {
	count(may_contact.permit) == 0 with input as asked("survey", true, 12)
}

test_an_answer_needs_neither_consent_nor_waking_hours if {
	may_contact.permit.invited with input as asked("reply", false, 3)
	count(may_contact.refuse) == 0 with input as asked("reply", false, 3)
}

test_after_opting_out_nothing_that_sells if {
	every purpose in {"marketing", "reply"} {
		may_contact.refuse.opted_out with input as object.union(asked(purpose, true, 12), {"opted_out": true})
		not may_contact.refuse.opted_out with input as object.union(asked(purpose, true, 12), {"opted_out": false})
	}
	count(may_contact.refuse) == 0 with input as object.union(asked("callback", true, 12), {"opted_out": true})
	count(may_contact.refuse) == 0 with input as object.union(asked("followup", true, 12), {"opted_out": true})
}
