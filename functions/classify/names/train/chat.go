package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"keliu/functions/classify/names"
	"keliu/functions/classify/text"
)

// What people are called, where they live and how they say so to a shop. Nobody in it is real.
const (
	firstNames = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红鑫波斌宇浩凯健俊帆雪梅琳晶欣婷颖慧莹琪瑶怡佳嘉思梓涵轩博睿诗雨晨阳子皓铭泽毅翔鹏飞龙海峰云志国建文武林森淼"
	given2     = "子轩|雨桐|梓涵|浩然|欣怡|诗涵|宇航|思远|佳琪|志强|建国|秀英|桂兰|丽华|晓明|小红|海燕|春梅|文博|天佑|俊杰|晓东|雪莹|梦瑶|若曦|一诺|沐宸|国庆|永强|淑芬"
	families   = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
	families2  = "欧阳|司马|上官|诸葛|东方|皇甫|令狐|慕容|司徒|夏侯"
	provinces  = "北京市|上海市|天津市|重庆市|广东省|江苏省|浙江省|山东省|河南省|四川省|湖北省|湖南省|河北省|福建省|安徽省|辽宁省|陕西省|江西省|云南省|黑龙江省|吉林省|山西省|贵州省|甘肃省|海南省|青海省|台湾省|内蒙古|新疆|西藏|宁夏|广西|" +
		"北京|上海|天津|重庆|广东|江苏|浙江|山东|河南|四川|湖北|湖南|河北|福建|安徽|辽宁|陕西|江西|云南"
	cities = "深圳市|广州市|杭州市|南京市|苏州市|成都市|武汉市|西安市|郑州市|长沙市|青岛市|济南市|合肥市|福州市|厦门市|宁波市|无锡市|佛山市|东莞市|沈阳市|大连市|昆明市|南昌市|石家庄市|太原市|哈尔滨市|长春市|贵阳市|南宁市|海口市|兰州市|温州市|泉州市|烟台市|潍坊市|徐州市|常州市|嘉兴市|绍兴市|金华市|" +
		"深圳|广州|杭州|南京|苏州|成都|武汉|西安|郑州|长沙|青岛|济南|合肥|福州|厦门|宁波|昆明|南昌|大连|沈阳"
	districts = "朝阳区|海淀区|浦东新区|南山区|福田区|天河区|西湖区|余杭区|武侯区|高新区|雁塔区|江宁区|鼓楼区|岳麓区|洪山区|番禺区|宝安区|龙岗区|滨江区|萧山区|吴中区|姑苏区|锦江区|青羊区|碑林区|二七区|金水区|历下区|市南区|思明区|湖里区|昆山市|义乌市|慈溪市|长兴县|桐庐县"
	roads     = "人民|解放|中山|建设|和平|长江|黄河|科技|创业|文一西|学院|青年|新华|胜利|东风|朝阳|迎宾|滨河|世纪|天府|高新|软件园|花园|幸福|光明|友谊|民主|五一|八一|前进"
	estates   = "阳光|金色|碧桂|万科|保利|绿地|恒大|东方|幸福|翡翠|锦绣|御景|世纪|丽景|香榭|龙湖|中海|和谐|滨江|国际"
	companies = "蓝海|星辰|鼎盛|华信|天成|万象|正泰|宏达|佳美|联创|博远|云图|恒通|东方|新锐"
)

// openings, with what each of their letters stands for: P a person, T a person by family and title, A an address, S a place, O an
// organisation, N a phone number, 0 nothing.
var openings = []string{
	"我叫P", "我是P", "我是P，查一下我的订单", "收件人P", "收货人:P", "收件人：P，电话N，地址A", "姓名P 电话N 地址A", "P，N，A", "P N A", "A P N", "A，P收", "寄到A", "地址是A", "收货地址：A",
	"地址改成A", "麻烦把地址改为A，收件人改成P", "能不能改到A", "我的地址是A，别寄错了", "帮我寄给P", "订单是P的名字", "快递写的是P收", "联系人是P", "找一下P", "请问P在吗", "让P给我回电话",
	"我在S，能送到吗", "发S要几天", "S的仓库有货吗", "从S发货吗", "我人在S出差", "寄S多少钱", "S能次日达吗", "你们在S有门店吗", "发票抬头O", "开票给O", "抬头写O，税号回头给你", "公司名称：O", "我们是O的", "我在O上班，送到公司前台",
	"地址A，O，P收", "之前是客服T接待的", "T说可以退", "你好，我找T", "T在不在", "昨天T答应我补发的", "我姓F", "叫我T就行", "户主P", "是P买的，不是我", "我老公叫P", "我妈P收的货", "签收人写的是P，我不认识",
	"P 138的那个号", "帮P改一下电话N", "用户P，会员号忘了", "换收货人，P，N", "A的快递一直没动", "快递停在S两天了", "包裹到S中转站了", "S那边下雪发不了", "到底发没发到S",
}

// plain are lines without any name.
var plain = []string{
	"什么时候发货", "可以便宜一点吗", "这个有黑色的吗", "我要退款", "质量太差了", "快递到哪了", "订单号QH202611120008", "手机号N", "能开发票吗", "多少钱包邮", "怎么用", "支持七天无理由吗", "人工", "谢谢", "好的", "在吗", "你好",
	"黄金会员有折扣吗", "白色的还有货吗", "金额不对", "高的那款", "马上到", "方便的话回个电话", "周末能送吗", "张数不够", "林林总总买了好多", "常用地址怎么设置", "万一坏了怎么办", "任何问题都找你们吗", "安装师傅什么时候来", "江湖救急", "何时能到",
	"路上坏了怎么办", "门口有人收", "区别是什么", "这个店不错", "楼下取件", "放在驿站吧", "单元门进不来", "市场价多少", "平台要介入", "收件地址怎么改", "收货人可以改吗", "地址写错了能改吗", "公司能开票吗",
}

// chat makes up lines of chat.
func chat(n int) []names.Example {
	c := chatter{rand.New(rand.NewPCG(7, 7))}
	all := make([]names.Example, n)
	for i := range all {
		pattern := openings[c.IntN(len(openings))]
		if c.IntN(3) == 0 {
			pattern = plain[c.IntN(len(plain))]
		}
		all[i] = c.write(pattern)
	}
	return all
}

// A chatter makes things up.
type chatter struct{ *rand.Rand }

func (c chatter) one(list string) string {
	all := strings.Split(list, "|")
	return all[c.IntN(len(all))]
}

func (c chatter) rune(list string) string {
	all := []rune(list)
	return string(all[c.IntN(len(all))])
}

// write replaces the letters of a pattern.
func (c chatter) write(pattern string) (e names.Example) {
	for _, r := range pattern {
		value, kind := string(r), ""
		switch r {
		case 'P':
			value, kind = c.person(), names.Person
		case 'T':
			value, kind = c.rune(families)+c.one("先生|女士|小姐|经理|老师|主管"), ""
			e.Names = append(e.Names, names.Span{Kind: names.Person, From: len(e.Text), To: len(e.Text) + 1})
		case 'F':
			value, kind = c.rune(families), names.Person
		case 'A':
			value, kind = c.address(), names.Place
		case 'S':
			value, kind = c.one(provinces+"|"+cities+"|"+districts), names.Place
		case 'O':
			value, kind = c.organisation(), names.Organisation
		case 'N':
			value = fmt.Sprintf("1%d%09d", 3+c.IntN(7), c.IntN(1e9))
		}
		from := len(e.Text)
		e.Text = text.Align(e.Text, value)
		if kind != "" {
			e.Names = append(e.Names, names.Span{Kind: kind, From: from, To: len(e.Text)})
		}
	}
	return e
}

func (c chatter) person() string {
	family := c.rune(families)
	if c.IntN(25) == 0 {
		family = c.one(families2)
	}
	switch c.IntN(5) {
	case 0:
		return family + c.rune(firstNames)
	case 1:
		return family + c.one(given2)
	}
	return family + c.rune(firstNames) + c.rune(firstNames)
}

func (c chatter) address() string {
	var b strings.Builder
	from := c.IntN(4)
	if from == 0 {
		b.WriteString(c.one(provinces))
	}
	if from <= 1 {
		b.WriteString(c.one(cities))
	}
	if from <= 2 {
		b.WriteString(c.one(districts))
	}
	b.WriteString(c.one(roads) + c.one("路|街|大道|大街|东路|西路|北路|南路|巷"))
	if c.IntN(4) > 0 {
		fmt.Fprintf(&b, "%d号", 1+c.IntN(999))
	}
	if c.IntN(3) > 0 {
		b.WriteString(c.one(estates) + c.one("小区|花园|苑|城|大厦|广场|公寓|家园|名邸|国际中心"))
		switch c.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "%d栋%d单元%d室", 1+c.IntN(30), 1+c.IntN(4), 101+c.IntN(3000))
		case 1:
			fmt.Fprintf(&b, "%d号楼%d", 1+c.IntN(30), 101+c.IntN(3000))
		case 2:
			fmt.Fprintf(&b, "%s座%d楼", c.one("A|B|C|1|2"), 1+c.IntN(30))
		}
	}
	return b.String()
}

func (c chatter) organisation() string {
	place := ""
	if c.IntN(2) == 0 {
		place = strings.TrimSuffix(c.one(cities), "市")
	}
	return place + c.one(companies) + c.one("科技有限公司|贸易有限公司|网络有限公司|集团|实业有限公司|信息技术有限公司|文化传媒有限公司|学校|医院|电子商务有限公司")
}
