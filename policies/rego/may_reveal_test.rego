package keliu.may_reveal_test

import data.keliu.may_reveal

asked(field, purpose, role, own) := {"field": field, "purpose": purpose, "role": role, "own": own}

test_own_order_is_shown if {
	may_reveal.show.own with input as asked("order", "customer", "", true)
	count(may_reveal.drop) == 0 with input as asked("order", "customer", "", true)
}

test_foreign_order_is_dropped if {
	may_reveal.drop.not_own with input as asked("order", "customer", "", false)
	count(may_reveal.show) == 0 with input as asked("order", "customer", "", false)
}

test_own_bank_card_is_masked if {
	may_reveal.mask.own_sensitive with input as asked("bank_card", "customer", "", true)
	count(may_reveal.show) == 0 with input as asked("bank_card", "customer", "", true)
}

test_models_and_logs_read_masked_text if {
	every field in ["mobile", "id_card", "bank_card", "email"] {
		may_reveal.mask.model with input as asked(field, "model", "", true)
		may_reveal.mask.log with input as asked(field, "log", "admin", true)
	}
}

test_metrics_hold_nothing_personal if {
	every field in ["mobile", "id_card", "bank_card", "email", "order"] {
		may_reveal.drop.metric with input as asked(field, "metric", "admin", true)
	}
}

test_models_word_proven_orders_only if {
	may_reveal.show.order_for_model with input as asked("order", "model", "", true)
	count(may_reveal.show) == 0 with input as asked("order", "model", "", false)
}

# What holds without exceptions; exceptions have tests of their own below.
test_agents_see_orders_and_masked_contacts if {
	may_reveal.show.service_orders with input as asked("order", "staff", "agent", false) with may_reveal.exceptions as {}
	may_reveal.mask.staff with input as asked("mobile", "staff", "agent", false) with may_reveal.exceptions as {}
	count(may_reveal.show) == 0 with input as asked("mobile", "staff", "agent", false) with may_reveal.exceptions as {}
}

test_marketing_sees_no_orders if {
	count(may_reveal.show) == 0 with input as asked("order", "staff", "marketing", false) with may_reveal.exceptions as {}
	may_reveal.mask.staff with input as asked("mobile", "staff", "marketing", false) with may_reveal.exceptions as {}
}

test_oversight_sees_contacts_but_never_documents if {
	every role in ["admin", "compliance"] {
		may_reveal.show.contact_for_oversight with input as asked("mobile", "staff", role, false) with may_reveal.exceptions as {}
		may_reveal.show.contact_for_oversight with input as asked("email", "staff", role, false) with may_reveal.exceptions as {}
		may_reveal.mask.sensitive_for_oversight with input as asked("id_card", "staff", role, false)
		count(may_reveal.show) == 0 with input as asked("bank_card", "staff", role, false)
	}
}

test_executives_see_no_person if {
	every kind in ["show", "mask"] {
		count(may_reveal[kind]) == 0 with input as asked("mobile", "staff", "executive", false) with may_reveal.exceptions as {}
	}
}

test_exports_are_masked_and_for_oversight if {
	may_reveal.mask.export with input as asked("mobile", "export", "compliance", false)
	may_reveal.show.export_orders with input as asked("order", "export", "compliance", false)
	count(may_reveal.mask) == 0 with input as asked("mobile", "export", "agent", false)
}

test_secrets_appear_nowhere if {
	every purpose in ["customer", "model", "log", "metric", "staff", "export"] {
		may_reveal.drop.secret with input as asked("otp", purpose, "admin", true)
	}
}

test_an_exception_opens_one_kind_to_one_role if {
	count(may_reveal.mask) == 0 with input as asked("mobile", "staff", "agent", false) with may_reveal.exceptions as {"agent": {"mobile": "show"}}
	may_reveal.show.exception with input as asked("mobile", "staff", "agent", false) with may_reveal.exceptions as {"agent": {"mobile": "show"}}
	may_reveal.mask.staff with input as asked("email", "staff", "agent", false) with may_reveal.exceptions as {"agent": {"mobile": "show"}}
	may_reveal.mask.staff with input as asked("mobile", "staff", "marketing", false) with may_reveal.exceptions as {"agent": {"mobile": "show"}}
	may_reveal.mask.log with input as asked("mobile", "log", "agent", false) with may_reveal.exceptions as {"agent": {"mobile": "show"}}
}

test_an_exception_closes if {
	may_reveal.drop.exception with input as asked("mobile", "staff", "admin", false) with may_reveal.exceptions as {"admin": {"mobile": "drop"}}
	may_reveal.mask.exception with input as asked("mobile", "staff", "admin", false) with may_reveal.exceptions as {"admin": {"mobile": "mask"}}
	count(may_reveal.show) == 0 with input as asked("mobile", "staff", "admin", false) with may_reveal.exceptions as {"admin": {"mobile": "mask"}}
}

test_an_exception_leaves_the_last_four_digits if {
	may_reveal.tail.exception with input as asked("mobile", "staff", "agent", false) with may_reveal.exceptions as {"agent": {"mobile": "tail"}}
	count(may_reveal.mask) == 0 with input as asked("mobile", "staff", "agent", false) with may_reveal.exceptions as {"agent": {"mobile": "tail"}}
	count(may_reveal.tail) == 0 with input as asked("mobile", "log", "agent", false) with may_reveal.exceptions as {"agent": {"mobile": "tail"}}
	may_reveal.mask.sensitive_for_staff with input as asked("id_card", "staff", "agent", false) with may_reveal.exceptions as {"agent": {"id_card": "tail"}}
}

test_no_exception_opens_what_is_sensitive_or_secret if {
	every role in ["agent", "admin", "executive"] {
		every field in ["id_card", "bank_card", "otp"] {
			count(may_reveal.show) == 0 with input as asked(field, "staff", role, false) with may_reveal.exceptions as {role: {field: "show"}}
		}
	}
}
