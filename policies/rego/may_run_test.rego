package keliu.may_run_test

import data.keliu.may_run

question := {"function": "intents/refund", "action": "refund", "channel": "web", "stage": "ai", "known": true, "amount": 5900}

asked(change) := object.union(question, change)

test_small_refund_is_granted if {
	may_run.permit.within_limit with input as question
	count(may_run.refuse) == 0 with input as question
}

test_the_limit_itself_is_granted if {
	may_run.permit.within_limit with input as asked({"amount": 50000})
}

test_over_the_limit_a_person_decides if {
	may_run.refuse.over_limit with input as asked({"amount": 50001})
	not may_run.permit.within_limit with input as asked({"amount": 50001})
}

test_unknown_customer_gets_nothing_that_costs if {
	every action in ["refund", "return", "exchange", "cancel"] {
		may_run.refuse.unknown_customer with input as asked({"action": action, "known": false})
	}
}

test_negative_amount if {
	may_run.refuse.wrong_amount with input as asked({"amount": -1})
	not may_run.permit.within_limit with input as asked({"amount": -1})
}

test_answers_are_free if {
	may_run.permit.free with input as asked({"action": "answer", "known": false})
}

test_ai_keeps_silent_beside_a_person if {
	may_run.refuse.person_speaks with input as asked({"action": "write", "stage": "human"})
	not may_run.refuse.person_speaks with input as asked({"action": "write", "stage": "queued"})
}

test_nothing_runs_in_a_closed_conversation if {
	may_run.refuse.closed with input as asked({"stage": "closed"})
}

test_unheard_of_action_is_not_permitted if {
	count(may_run.permit) == 0 with input as asked({"action": "transfer_money"})
}
