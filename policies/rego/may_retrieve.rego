# 哪些知识文章可以被检索。May an article be read for this purpose?
package keliu.may_retrieve

permit.public := "公开文章，人人可读。Public articles are for everybody." if {
	input.audience == "public"
	input.purpose in {"answer", "assist"}
}

permit.staff := "内部文章只供员工辅助参考，不得用于回答客户。Staff articles assist the staff and never answer a customer." if {
	input.audience == "staff"
	input.purpose == "assist"
	input.role in {"agent", "admin", "compliance", "marketing", "executive"}
}
