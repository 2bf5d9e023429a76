package keliu.may_see_test

import data.keliu.may_see

sees(role, part, action) if {
	may_see.permit.role with input as {"role": role, "part": part, "action": action}
}

test_agents_work_conversations if {
	sees("agent", "conversations", "write")
	not sees("agent", "cockpit", "read")
	not sees("agent", "knowledge", "write")
}

test_executives_see_figures_not_people if {
	sees("executive", "cockpit", "read")
	not sees("executive", "conversations", "read")
	not sees("executive", "people", "read")
}

test_compliance_writes_policies_and_speaks_to_nobody if {
	sees("compliance", "policies", "write")
	sees("compliance", "audit", "read")
	not sees("compliance", "conversations", "write")
}

test_marketing_runs_outreach if {
	sees("marketing", "outreach", "write")
	not sees("marketing", "conversations", "read")
}

test_nobody_writes_the_trail if {
	every role in ["admin", "agent", "marketing", "compliance", "executive"] {
		not sees(role, "audit", "write")
	}
}

test_only_compliance_writes_policies if {
	every role in ["admin", "agent", "marketing", "executive"] {
		not sees(role, "policies", "write")
	}
}

test_whoever_answers_for_the_whole_sets_targets if {
	every role in ["admin", "executive"] {
		sees(role, "cockpit", "write")
	}
	every role in ["agent", "marketing", "compliance"] {
		not sees(role, "cockpit", "write")
	}
}

test_unheard_of_role if {
	not sees("intern", "conversations", "read")
	not sees("", "cockpit", "read")
}

test_only_administrators_change_the_house if {
	every part in ["people", "channels", "settings"] {
		sees("admin", part, "write")
		every role in ["agent", "marketing", "compliance", "executive"] {
			not sees(role, part, "write")
		}
	}
}
