# 谁能看到哪类数据，看到多少。What of a kind of data may somebody get to see?
#
# 四档：show 原样，mask 打码，tail 只见后四位，drop 不给。多条规则同时成立时取最严的一档；没有规则的，一律不给。
# The strictest matching rule wins: drop, then tail (the last four digits), then mask, then show. What no rule mentions is dropped.
package keliu.may_reveal

# 直接识别到人的数据。What points at a person.
personal := {
	"mobile", "landline", "id_card", "bank_card", "email", "name", "address", "wechat", "qq",
	"passport", "permit", "military_id", "social_security", "driving_licence", "birthday", "plate", "vin",
	"ip", "mac", "imei", "waybill", "location",
}

# 泄露即造成损害的数据，对谁都不完整展示。What does harm when it leaks: never shown whole, to nobody.
sensitive := {
	"id_card", "bank_card", "passport", "permit", "military_id", "social_security", "driving_licence",
	"biometric", "health", "religion", "minor",
}

# 任何用途都不得出现的数据。What has no place anywhere.
secret := {"cvv", "expiry", "otp", "secret"}

# 商家自己的业务数据。What the shop itself holds about a purchase.
business := {"order", "logistics", "request"}

# 可以处理客户来意的岗位。Who serves customers.
service := {"agent", "admin", "compliance"}

# 例外：岗位 → 数据类别 → show、mask、tail 或 drop。由“谁能看到什么”表格维护，也可手写；敏感数据不因例外而放宽。
# Exceptions: role → kind of data → show, mask, tail or drop. The table of who sees what keeps them here, a line for a role.
# What is sensitive or secret is never shown more openly by one.
exceptions := {
}

# 这个岗位对这类数据的另行约定，没有时为空。
exception := object.get(object.get(exceptions, input.role, {}), input.field, "") if {
	input.purpose == "staff"
}

excepted if exception != ""

show.exception := "合规为该岗位单独开放。Opened to this role by compliance." if {
	exception == "show"
	not input.field in (sensitive | secret)
}

mask.exception := "合规为该岗位单独设为打码。Masked for this role by compliance." if exception == "mask"

tail.exception := "合规让该岗位只见后四位。This role sees the last four digits." if exception == "tail"

drop.exception := "合规对该岗位单独关闭。Closed to this role by compliance." if exception == "drop"

# 本人看本人的订单与联系方式。
show.own := "本人查看自己的数据，且身份已证明。People see their own data once they have proven who they are." if {
	input.purpose == "customer"
	input.own
	input.field in ((business | personal) - sensitive)
}

# 本人的证件与银行卡也只显示打码后的内容，屏幕可能被旁人看到。
mask.own_sensitive := "证件与银行卡号对本人也打码显示。Documents and cards are masked even for their owner." if {
	input.purpose == "customer"
	input.own
	input.field in sensitive
}

drop.not_own := "不是本人的数据，或身份未证明。The data is not proven to be the asker's own." if {
	input.purpose == "customer"
	not input.own
}

mask.model := "交给模型前打码。Models read masked text." if {
	input.purpose == "model"
	input.field in (personal | sensitive)
}

mask.log := "写入日志前打码。Logs hold masked text." if {
	input.purpose == "log"
	input.field in (personal | sensitive)
}

drop.metric := "指标中不含个人数据。Metrics hold no personal data." if {
	input.purpose == "metric"
}

show.order_for_model := "订单事实可交给模型组织语言，其中的个人数据另行打码。Order facts may be worded by a model; what is personal in them is masked." if {
	input.purpose == "model"
	input.own
	input.field in business
}

show.service_orders := "客服可查看订单。Who serves customers sees orders." if {
	input.purpose == "staff"
	input.role in service
	input.field in business
	not excepted
}

mask.staff := "员工默认看到打码后的个人数据。Staff see personal data masked." if {
	input.purpose == "staff"
	input.role in {"agent", "marketing"}
	input.field in (personal - sensitive)
	not excepted
}

mask.sensitive_for_staff := "证件与银行卡号对员工打码。Documents and cards are masked for the staff." if {
	input.purpose == "staff"
	input.role in {"agent", "marketing"}
	input.field in sensitive
}

show.contact_for_oversight := "管理员与合规可查看联系方式。Administrators and compliance see how to reach a customer." if {
	input.purpose == "staff"
	input.role in {"admin", "compliance"}
	input.field in (personal - sensitive)
	not excepted
}

mask.sensitive_for_oversight := "证件与银行卡号任何岗位都只见打码内容。Nobody sees documents and cards whole." if {
	input.purpose == "staff"
	input.role in {"admin", "compliance"}
	input.field in sensitive
}

show.export_orders := "合规可导出订单。Compliance may export orders." if {
	input.purpose == "export"
	input.role in {"admin", "compliance"}
	input.field in business
}

mask.export := "导出文件中的个人数据打码。Exports hold personal data masked." if {
	input.purpose == "export"
	input.role in {"admin", "compliance"}
	input.field in (personal | sensitive)
}

drop.secret := "密码、验证码、安全码不得出现在任何地方。Passwords, codes and card security codes appear nowhere." if {
	input.field in secret
}
