package keliu.keep_for_test

import data.keliu.keep_for

days(kind) := terms if {
	terms := [rule.days | some rule in keep_for.keep] with input as {"kind": kind}
}

test_every_kind_has_one_term if {
	every kind in ["message", "picture", "audit", "stream", "metric"] {
		count(days(kind)) == 1
	}
}

test_messages_three_years if {
	days("message") == [1095]
}

test_the_trail_outlives_the_messages if {
	days("audit")[0] >= days("message")[0]
}

test_unheard_of_kind_is_left_alone if {
	days("rumour") == []
}
