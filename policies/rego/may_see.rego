# 哪个岗位能用产品的哪一部分。May one of the staff use a part of the product?
package keliu.may_see

# 岗位 → 部分 → 动作。Role → part → actions. What the table does not hold is refused.
table := {
	"admin": {
		"conversations": {"read", "write"},
		"knowledge": {"read", "write"},
		"outreach": {"read", "write"},
		"people": {"read", "write"},
		"channels": {"read", "write"},
		"settings": {"read", "write"},
		"cockpit": {"read", "write"},
		"policies": {"read"},
		"audit": {"read"},
	},
	"agent": {
		"conversations": {"read", "write"},
		"knowledge": {"read"},
	},
	"marketing": {
		"outreach": {"read", "write"},
		"knowledge": {"read"},
		"cockpit": {"read"},
	},
	# 合规可看会话、改规则、查审计，但不替客服说话。
	"compliance": {
		"conversations": {"read"},
		"knowledge": {"read"},
		"outreach": {"read"},
		"people": {"read"},
		"cockpit": {"read"},
		"policies": {"read", "write"},
		"audit": {"read"},
	},
	# 管理层看整体，不看个别客户。
	"executive": {
		"cockpit": {"read", "write"},
		"outreach": {"read"},
	},
}

permit.role := "岗位权限表允许。The table of roles allows it." if {
	input.action in table[input.role][input.part]
}
