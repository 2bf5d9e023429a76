package notes

import (
	"context"
	"fmt"

	"keliu/streams/desk"
)

// Demo are the team's canned answers of the demo, Chinese and English.
func Demo() []Canned {
	zh, en := desk.Chinese, desk.English
	all := []Canned{
		{Group: "开场", Title: "问候", Lang: zh, Text: "{name}您好，我是青禾优选的客服，很高兴为您服务，请问有什么可以帮您？"},
		{Group: "开场", Title: "稍等", Lang: zh, Text: "好的，我这边马上为您查询，请稍等一两分钟。"},
		{Group: "开场", Title: "久等了", Lang: zh, Text: "让您久等了，非常抱歉。您的情况我已经看到，现在就为您处理。"},
		{Group: "订单", Title: "要订单号", Lang: zh, Text: "麻烦您提供一下订单号，或者下单手机号的后四位，我来帮您核对。"},
		{Group: "订单", Title: "已发货", Lang: zh, Text: "您的订单 {order} 已经发出，一般 2～3 天送达，物流有更新我们会及时通知您。"},
		{Group: "订单", Title: "已催单", Lang: zh, Text: "订单 {order} 我已经帮您加急催促仓库，今天内会给您答复。"},
		{Group: "售后", Title: "七天无理由", Lang: zh, Text: "签收次日起 7 天内，商品完好、不影响二次销售，都可以申请无理由退货。需要我现在为您提交吗？"},
		{Group: "售后", Title: "破损拍照", Lang: zh, Text: "非常抱歉给您添麻烦了。请您拍一下商品和外包装的照片发给我，核实后马上为您处理。"},
		{Group: "售后", Title: "退款进度", Lang: zh, Text: "订单 {order} 的退款已经提交，原路退回一般 1～3 个工作日到账，请您留意。"},
		{Group: "安抚", Title: "致歉", Lang: zh, Text: "给您带来不好的体验，真的非常抱歉。您反映的问题我已经记录，一定跟进到底。"},
		{Group: "结束", Title: "还有别的吗", Lang: zh, Text: "请问还有其他可以帮您的吗？"},
		{Group: "结束", Title: "感谢", Lang: zh, Text: "感谢您的理解与支持，祝您生活愉快！有问题随时联系我们。"},
		{Group: "Opening", Title: "Hello", Lang: en, Text: "Hello {name}, thank you for contacting Qinghe Select. How can I help you?"},
		{Group: "Orders", Title: "Order number", Lang: en, Text: "Could you send me the order number, or the last four digits of the phone number you ordered with?"},
		{Group: "Orders", Title: "On its way", Lang: en, Text: "Your order {order} is on its way and usually arrives within two to three days."},
		{Group: "Closing", Title: "Anything else", Lang: en, Text: "Is there anything else I can do for you?"},
	}
	for i := range all {
		all[i].ID = fmt.Sprintf("demo_%02d", i+1)
	}
	return all
}

// Import keeps canned answers when the team has none.
func (b *Book) Import(ctx context.Context, all []Canned) error {
	known, err := b.Canned(ctx, "")
	if err != nil || len(known) > 0 {
		return err
	}
	for _, c := range all {
		if err := b.Save(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
