package entities

import (
	"strings"

	"keliu/functions/classify/text"
)

// goods are what products are called in general.
const goods = "连衣裙|半身裙|羽绒服|冲锋衣|防晒衣|卫衣|毛衣|衬衫|衬衣|大衣|外套|风衣|夹克|马甲|背心|短袖|长袖|牛仔裤|休闲裤|运动裤|短裤|打底裤|裤子|裙子|衣服|内衣|内裤|文胸|睡衣|袜子|丝袜|" +
	"运动鞋|跑步鞋|跑鞋|板鞋|帆布鞋|皮鞋|高跟鞋|凉鞋|拖鞋|靴子|鞋子|帽子|围巾|手套|皮带|领带|双肩包|单肩包|行李箱|钱包|手表|项链|手链|耳环|戒指|眼镜|墨镜|雨伞|" +
	"智能手机|手机壳|手机膜|手机|平板电脑|笔记本电脑|平板|笔记本|电脑|显示器|键盘|鼠标|蓝牙耳机|耳机|音箱|充电宝|充电器|充电头|数据线|移动硬盘|硬盘|内存卡|路由器|摄像头|相机|打印机|投影仪|智能手表|手环|" +
	"空气炸锅|电饭煲|电饭锅|高压锅|电压力锅|微波炉|烤箱|豆浆机|破壁机|榨汁机|咖啡机|电水壶|热水壶|热水器|净水器|洗碗机|洗衣机|冰箱|冰柜|空调|电风扇|风扇|取暖器|加湿器|除湿机|空气净化器|净化器|吸尘器|扫地机器人|扫地机|吹风机|剃须刀|电动牙刷|电视机|电视|油烟机|燃气灶|炒锅|不粘锅|锅|刀具|保温杯|水杯|饭盒|" +
	"沙发|床垫|床|枕头|被子|四件套|窗帘|地毯|桌子|椅子|书桌|衣柜|台灯|灯泡|花瓶|收纳箱|垃圾袋|纸巾|抽纸|湿巾|洗衣液|洗洁精|牙膏|洗发水|沐浴露|香皂|卫生巾|纸尿裤|尿不湿|" +
	"面膜|口红|粉底液|气垫|眼霜|面霜|精华液|精华|爽肤水|防晒霜|洗面奶|卸妆油|香水|眉笔|睫毛膏|眼影|护手霜|" +
	"奶粉|奶瓶|婴儿车|安全座椅|玩具|积木|零食|坚果|巧克力|饼干|牛奶|酸奶|茶叶|咖啡|大米|食用油|牛排|海鲜|水果|苹果|月饼|粽子|红酒|白酒|啤酒|矿泉水|狗粮|猫粮|猫砂|" +
	"自行车|电动车|滑板车|帐篷|睡袋|瑜伽垫|哑铃|跑步机|球拍|篮球|足球|书包|文具|钢笔|教材|绘本"

// colours, and sizes that are said in words.
var looks = text.List("藏青色|天蓝色|墨绿色|酒红色|玫红色|卡其色|香槟色|咖啡色|米白色|深灰色|浅灰色|深蓝色|浅蓝色|奶白色|玫瑰金|红色|橙色|黄色|绿色|青色|蓝色|紫色|黑色|白色|灰色|粉色|棕色|褐色|金色|银色|米色|杏色|肉色|咖色|裸色|均码|加大码|加大号|特大号|大号|中号|小号|大码|加厚款|加绒款|标准版|升级版|旗舰版|豪华版|青春版|国际版|套餐一|套餐二|套餐三|红款|黑款|白款|蓝款|男款|女款|儿童款|" +
	"red|blue|black|white|green|grey|gray|pink|yellow|purple|brown")

// variants finds what tells one piece of a product from another: 黑色, XL码, 42码, 256G.
func (p *page) variants() {
	for i := 0; i < len(p.said); i++ {
		if n := looks.At(p.said, i); n > 0 {
			p.add(Variant, i, i+n, string(p.said[i:i+n]))
			i += n - 1
			continue
		}
		if i > 0 && (text.IsDigit(p.said[i-1]) || text.IsLatin(p.said[i-1]) || p.said[i-1] == '.') {
			continue
		}
		if end := p.sizeAt(i); end > i {
			p.add(Variant, i, end, string(p.said[i:end]))
			i = end - 1
		}
	}
}

// sizeAt reads a size of clothes, shoes or storage and returns where it ends, or i.
func (p *page) sizeAt(i int) int {
	at := i
	for at < len(p.said) && text.IsDigit(p.said[at]) {
		at++
	}
	digits, letters := at-i, at
	for letters < len(p.said) && text.IsLatin(p.said[letters]) {
		letters++
	}
	unit := string(p.said[at:letters])
	sized := p.is(letters, "码", "号") && !p.is(letters, "号楼", "号线", "号店", "号机", "码头", "号仓", "号链接")
	switch {
	case digits == 0 && strings.Trim(unit, "x") == "l" || digits == 0 && strings.Trim(unit, "x") == "s" || unit == "m" && digits == 0, digits == 1 && (unit == "xl" || unit == "xs"):
		upper := len(unit) > 1 || p.raw[at] == 'M' || p.raw[at] == 'L' || p.raw[at] == 'S'
		if sized {
			return letters + 1
		}
		if upper && (digits > 0 || len(unit) > 1) {
			return letters
		}
	case unit == "" && digits == 2 && p.is(at, "码"), unit == "" && digits == 3 && p.is(at, "码"):
		return at + 1
	case digits > 0 && digits < 5 && (unit == "g" || unit == "gb" || unit == "t" || unit == "tb") && p.storage(i, at):
		return letters
	}
	return i
}

// storage reports whether digits are a size that memory comes in.
func (p *page) storage(from, to int) bool {
	switch string(p.said[from:to]) {
	case "1", "2", "4", "8", "16", "32", "64", "128", "256", "512":
		return true
	}
	return false
}
