# 各类记录保存多久，单位：天。How long is a kind of record kept, in days?
#
# 没有规则的，不作决定：既不删除，也不承诺期限。Where no rule speaks, nothing is decided and nothing is deleted.
package keliu.keep_for

keep.message := {"days": 1095, "because": "会话与交易有关，保存三年。Conversations belong to purchases and are kept three years."} if {
	input.kind == "message"
}

keep.picture := {"days": 180, "because": "图片保存半年，足够处理售后。Half a year covers after-sales."} if {
	input.kind == "picture"
}

keep.audit := {"days": 1825, "because": "处理记录至少三年，此处五年。Records of processing are kept at least three years; here five."} if {
	input.kind == "audit"
}

keep.stream := {"days": 30, "because": "事件流只为重放保留三十天。Streams are kept for replay only."} if {
	input.kind == "stream"
}

keep.metric := {"days": 730, "because": "指标不含个人数据，保存两年以便同比。Metrics hold no person and are compared year on year."} if {
	input.kind == "metric"
}
