package book

import (
	"context"

	"keliu/functions/store/leads"
)

// demoRules are those of a shop for home appliances.
var demoRules = []leads.Rule{
	{ID: "rule_demo_price", Name: "问价格", Any: []string{"多少钱", "什么价", "怎么卖", "价格", "多少米"}, None: []string{"太贵", "不要", "骗", "二手"}, Score: 40, Sounds: true,
		Reply: "{name}您好，活动价每天都有变化，点头像进私信，马上把今天的到手价发您～"},
	{ID: "rule_demo_buy", Name: "想购买", Any: []string{"怎么买", "哪里买", "求链接", "想要", "下单", "有货吗", "还有货"}, None: []string{"不想要", "别买", "退货", "退款", "买过"}, Score: 55, Sounds: true,
		Reply: "{name}您好，有现货，私信我们，帮您选型号、算好优惠再下单～"},
	{ID: "rule_demo_contact", Name: "求联系", Any: []string{"私我", "加微信", "怎么联系", "联系方式", "留个电话"}, None: []string{"别私", "不要私"}, Score: 60, Sounds: true,
		Reply: "{name}您好，为保护您的信息请不要在评论区留电话，点头像进私信，我们马上联系您～"},
	{ID: "rule_demo_fit", Name: "问适不适合", All: []string{"适合", "吗"}, Near: 12, None: []string{"不适合"}, Score: 30,
		Reply: "{name}您好，家里几口人、多大面积？私信告诉我们，帮您挑合适的～"},
	{ID: "rule_demo_trouble", Name: "售后不满", Any: []string{"投诉", "坏了", "没人理", "差评", "退款"}, Score: -30},
}

// demoCampaigns are two of its campaigns: one with two texts that are compared, and one that has not begun.
var demoCampaigns = []leads.Campaign{
	{ID: "campaign_demo_autumn", Name: "秋季换新", On: true, Rules: []string{"rule_demo_price", "rule_demo_buy"}, Cap: 200,
		A: "{name}您好，换新季活动进行中，点头像进私信，把您的专属到手价发给您～",
		B: "{name}您好，旧机能抵钱！私信告诉我们您现在用的型号，帮您算换新要补多少～"},
	{ID: "campaign_demo_members", Name: "会员日预热", Rules: []string{"rule_demo_contact"}, Cap: 50,
		A: "{name}您好，会员日名额有限，点头像进私信预约，到点提醒您～"},
}

// Demo brings the demo's rules and campaigns when there are none.
func (b *Book) Demo(ctx context.Context) error {
	known, err := b.shelf.Rules(ctx)
	if err != nil || len(known) > 0 {
		return err
	}
	for _, r := range demoRules {
		if _, err := b.SaveRule(ctx, r, true, "marketing"); err != nil {
			return err
		}
	}
	for _, c := range demoCampaigns {
		if _, err := b.SaveCampaign(ctx, c, "marketing"); err != nil {
			return err
		}
	}
	return nil
}
