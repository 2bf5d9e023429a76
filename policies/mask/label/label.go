// Package label tells what the words before a number say it is: a phone, a card, an order.
package label

import (
	"strings"

	"keliu/policies/mask/script"
)

// A Label is what the words before a number say it is.
type Label int

// The labels.
const (
	None Label = iota
	Phone
	ID
	Card
	Other // an order, a price, a code …
)

// endings are the labels by their last rune, the more particular first.
var endings = map[rune][]struct {
	ending string
	about  Label
}{
	'号': {{"手机号", Phone}, {"电话号", Phone}, {"份证号", ID}, {"证件号", ID}, {"会员卡号", Other}, {"卡号", Card},
		{"单号", Other}, {"编号", Other}, {"货号", Other}, {"款号", Other}, {"型号", Other}, {"批号", Other},
		{"批次号", Other}, {"序列号", Other}, {"流水号", Other}, {"交易号", Other}, {"票号", Other}, {"工号", Other},
		{"版本号", Other}, {"商品号", Other}, {"券号", Other}, {"快递号", Other}, {"物流号", Other}, {"包裹号", Other},
		{"QQ号", Other}, {"qq号", Other}, {"扣扣号", Other}, {"设备号", Other}, {"机身号", Other}, {"订单编号", Other},
		{"银行账号", Card}, {"银行帐号", Card}, {"收款账号", Card}, {"退款账号", Card}, {"合同号", Other}, {"凭证号", Other},
		{"会员号", Other}},
	'码': {{"单号码", Other}, {"卡号码", Card}, {"证号码", ID}, {"号码", Phone}, {"编码", Other}, {"条码", Other}, {"形码", Other},
		{"品码", Other}, {"证码", Other}, {"件码", Other}, {"券码", Other}, {"换码", Other}, {"别码", Other}, {"串码", Other}, {"货码", Other}},
	'单': {{"订单", Other}, {"运单", Other}, {"快递单", Other}, {"面单", Other}, {"工单", Other}},
	'机': {{"手机", Phone}, {"座机", Phone}},
	'话': {{"电话", Phone}},
	'系': {{"联系", Phone}},
	'证': {{"身份证", ID}},
	'卡': {{"会员卡", Other}, {"积分卡", Other}, {"购物卡", Other}, {"礼品卡", Other}, {"手机卡", Phone}, {"电话卡", Phone}, {"卡", Card}},
	'户': {{"账户", Card}, {"帐户", Card}},
	'分': {{"积分", Other}},
	'额': {{"额", Other}},
	'价': {{"价", Other}},
	'格': {{"价格", Other}},
	'钱': {{"钱", Other}},
	'费': {{"费", Other}},
	'量': {{"量", Other}},
	'数': {{"数", Other}},
	'计': {{"计", Other}},
	'值': {{"值", Other}},
	'戳': {{"戳", Other}},
}

// words are the labels in Latin letters. The empty ones say nothing and are looked past.
var words = map[string]Label{
	"is": None, "was": None, "number": None, "num": None, "no": None, "nr": None, "code": None, "id": None,
	"tel": Phone, "phone": Phone, "mobile": Phone, "mob": Phone, "cell": Phone, "cellphone": Phone, "telephone": Phone,
	"call": Phone, "contact": Phone, "whatsapp": Phone, "sms": Phone, "phonenumber": Phone, "landline": Phone,
	"wx": Phone, "vx": Phone, "weixin": Phone, "wechat": Phone,
	"idcard": ID, "idno": ID, "identity": ID, "sfz": ID,
	"card": Card, "bankcard": Card, "cardno": Card, "cardnumber": Card, "account": Card, "acct": Card, "visa": Card, "mastercard": Card, "unionpay": Card,
	"order": Other, "orderid": Other, "orderno": Other, "ordernumber": Other, "sku": Other, "item": Other, "itemid": Other,
	"tracking": Other, "waybill": Other, "parcel": Other, "shipment": Other, "invoice": Other, "serial": Other, "sn": Other,
	"price": Other, "amount": Other, "total": Other, "product": Other, "productid": Other, "batch": Other, "barcode": Other,
	"ean": Other, "isbn": Other, "imei": Other, "timestamp": Other, "ts": Other, "qty": Other, "quantity": Other,
	"ref": Other, "reference": Other, "txn": Other, "transaction": Other, "trade": Other, "tradeno": Other, "qq": Other,
	"uid": Other, "userid": Other, "rmb": Other, "cny": Other, "usd": Other, "version": Other, "model": Other,
}

// Before tells what the words that end at i, before at most a few signs, say of the number there.
func Before(text string, i int) Label {
	about, i := at(text, i)
	if about == None && i > 0 { // a word that says nothing, as in 订单 No.
		about, _ = at(text, i)
	}
	return about
}

// at tells what the label that ends at i says. If it says nothing by itself it returns where it begins, and else 0.
func at(text string, i int) (Label, int) {
	i = skipSigns(text, i)
	last, size := script.Before(text, i)
	if last == '是' || last == '为' {
		i = skipSigns(text, i-size)
		last, _ = script.Before(text, i)
	}
	if script.IsLetter(last) {
		return wordBefore(text, i)
	}
	for _, e := range endings[last] {
		if strings.HasSuffix(text[:i], e.ending) {
			return e.about, 0
		}
	}
	return None, 0
}

// skipSigns goes back over what may stand between a label and its number.
func skipSigns(text string, i int) int {
	for range 8 {
		r, size := script.Before(text, i)
		switch r {
		case ' ', '\t', 0x3000, ':', '：', '=', '"', '\'', '“', '「', '(', '（', '[', '【', '#', '+', '.', '\\', '>':
			i -= size
		default:
			return i
		}
	}
	return i
}

// wordBefore looks at the Latin words that end at i, at most three, for one that says something. If all of them say
// nothing it returns where they begin, and else 0.
func wordBefore(text string, i int) (Label, int) {
	said := None
	for n := range 3 {
		end := i
		for i > 0 && script.IsLetter(rune(text[i-1])) && end-i <= longestWord {
			i--
		}
		word := text[i:end]
		if word == "" && said == None {
			return None, i
		}
		about, known := words[strings.ToLower(word)]
		switch {
		case !known:
			return said, 0
		case about != None:
			return about, 0
		case n == 0 && strings.EqualFold(word, "id"):
			said = Other // an ID of something
		}
		for i > 0 && strings.IndexByte(" _.-", text[i-1]) >= 0 {
			i--
		}
	}
	return said, 0
}

// longestWord is the length of the longest of the words.
const longestWord = 12
