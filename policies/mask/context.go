package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// runeAt is the rune at i, or 0 at the end.
func runeAt(text string, i int) rune {
	if i >= len(text) {
		return 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

// runeBefore is the rune that ends at i, or 0 at the beginning, and its size.
func runeBefore(text string, i int) (rune, int) {
	if i == 0 {
		return 0, 0
	}
	if c := text[i-1]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeLastRuneInString(text[:i])
}

// isLetter reports whether r is a Latin letter.
func isLetter(r rune) bool {
	return r|0x20 >= 'a' && r|0x20 <= 'z' && r < utf8.RuneSelf || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// isDigit reports whether r is a digit and whether it is written in Chinese.
func isDigit(r rune) (yes, chinese bool) {
	switch {
	case r < utf8.RuneSelf:
		return r >= '0' && r <= '9', false
	case r >= '０' && r <= '９':
		return true, false
	case r < '〇' || r > '零':
		return false, false
	}
	yes = chineseDigit(0xE08080|uint32(r&0xF000)<<4|uint32(r&0xFC0)<<2|uint32(r&0x3F)) != 0
	return yes, yes
}

// isWord reports whether r is a letter or a digit of a Latin word.
func isWord(r rune) bool {
	yes, chinese := isDigit(r)
	return isLetter(r) || yes && !chinese
}

// standsAlone reports whether the window is no part of something longer: more digits, a decimal, a code with letters, or
// what is left of a number that is masked already.
func (w *window) standsAlone(noLetterBefore bool) bool {
	text := w.text
	before, size := runeBefore(text, w.from)
	after := runeAt(text, w.to)
	if touches(before, w.chinese) || touches(after, w.hanging) || isLetter(after) && !w.hanging {
		return false
	}
	if isLetter(before) && !w.chinese && noLetterBefore && labelBefore(text, w.from) == unlabelled {
		return false
	}
	if isDot(after) {
		if next, _ := isDigit(runeAt(text, w.to+utf8.RuneLen(after))); next {
			return false
		}
	}
	if isDot(before) && !numbersList(text, w.from-size) {
		if previous, _ := runeBefore(text, w.from-size); previous >= '0' && previous <= '9' {
			return false
		}
	}
	return !starsBefore(text, w.from) && !starsAfter(text, w.to)
}

// touches reports whether r, right beside a digit, makes the number longer. A digit of the other script does not: a
// Chinese one is a word there.
func touches(r rune, chinese bool) bool {
	digit, other := isDigit(r)
	return digit && chinese == other
}

func isDot(r rune) bool { return r == '.' || r == '．' }

// numbersList reports whether the dot at i follows the number of a list's item, as in "1.13812345678".
func numbersList(text string, i int) bool {
	n := 0
	for ; n < 3 && n < i && text[i-1-n] >= '0' && text[i-1-n] <= '9'; n++ {
	}
	if n == 0 || n == 3 || text[i-n] == '0' {
		return false
	}
	r, _ := runeBefore(text, i-n)
	return r == 0 || r == '\n'
}

// isolated reports whether digits stand around a window that is written in pieces, joined as its pieces are: then it
// is a piece itself.
func (w *window) isolated() bool {
	switch {
	case w.mixed && w.glued:
		return true
	case w.tight():
		return false
	case w.spelled():
		return w.single
	}
	return w.gaps >= dash && (w.before == w.gaps || w.after == w.gaps)
}

// isAmount reports whether the window is a price or a share.
func (w *window) isAmount() bool {
	switch before, _ := runeBefore(w.text, w.from); before {
	case '¥', '￥', '$', '€', '£':
		return true
	}
	switch runeAt(w.text, w.to) {
	case '元', '块', '圆', '万', '亿', '%', '％':
		return true
	}
	return false
}

// maskStars is how many stars the shortest mask of digits has.
const maskStars = 3

// starsBefore reports whether a mask ends at i, as far as gaps hide it.
func starsBefore(text string, i int) bool {
	stars, between := 0, 0
	for i > 0 && stars < maskStars && between <= gapRunes {
		r, size := runeBefore(text, i)
		switch {
		case r == '*':
			stars, between = stars+1, 0
		case gapOf(r) != noGap:
			between++
		default:
			return false
		}
		i -= size
	}
	return stars == maskStars
}

// starsAfter reports whether a mask begins at i, as far as gaps hide it.
func starsAfter(text string, i int) bool {
	stars, between := 0, 0
	for i < len(text) && stars < maskStars && between <= gapRunes {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '*':
			stars, between = stars+1, 0
		case gapOf(r) != noGap:
			between++
		default:
			return false
		}
		i += size
	}
	return stars == maskStars
}

// A label is what the words before a number say it is.
type label int

const (
	unlabelled label = iota
	aboutPhone
	aboutID
	aboutCard
	aboutOther // an order, a price, a code …
)

// endings are the labels by their last rune, the more particular first.
var endings = map[rune][]struct {
	ending string
	about  label
}{
	'号': {{"手机号", aboutPhone}, {"电话号", aboutPhone}, {"份证号", aboutID}, {"证件号", aboutID}, {"会员卡号", aboutOther}, {"卡号", aboutCard},
		{"单号", aboutOther}, {"编号", aboutOther}, {"货号", aboutOther}, {"款号", aboutOther}, {"型号", aboutOther}, {"批号", aboutOther},
		{"批次号", aboutOther}, {"序列号", aboutOther}, {"流水号", aboutOther}, {"交易号", aboutOther}, {"票号", aboutOther}, {"工号", aboutOther},
		{"版本号", aboutOther}, {"商品号", aboutOther}, {"券号", aboutOther}, {"快递号", aboutOther}, {"物流号", aboutOther}, {"包裹号", aboutOther},
		{"QQ号", aboutOther}, {"qq号", aboutOther}, {"扣扣号", aboutOther}, {"设备号", aboutOther}, {"机身号", aboutOther}, {"订单编号", aboutOther},
		{"银行账号", aboutCard}, {"银行帐号", aboutCard}, {"收款账号", aboutCard}, {"退款账号", aboutCard}, {"合同号", aboutOther}, {"凭证号", aboutOther}},
	'码': {{"单号码", aboutOther}, {"卡号码", aboutCard}, {"证号码", aboutID}, {"号码", aboutPhone}, {"编码", aboutOther}, {"条码", aboutOther}, {"形码", aboutOther},
		{"品码", aboutOther}, {"证码", aboutOther}, {"件码", aboutOther}, {"券码", aboutOther}, {"换码", aboutOther}, {"别码", aboutOther}, {"串码", aboutOther}, {"货码", aboutOther}},
	'单': {{"订单", aboutOther}, {"运单", aboutOther}, {"快递单", aboutOther}, {"面单", aboutOther}, {"工单", aboutOther}},
	'机': {{"手机", aboutPhone}, {"座机", aboutPhone}},
	'话': {{"电话", aboutPhone}},
	'系': {{"联系", aboutPhone}},
	'证': {{"身份证", aboutID}},
	'卡': {{"会员卡", aboutOther}, {"积分卡", aboutOther}, {"购物卡", aboutOther}, {"礼品卡", aboutOther}, {"手机卡", aboutPhone}, {"电话卡", aboutPhone}, {"卡", aboutCard}},
	'户': {{"账户", aboutCard}, {"帐户", aboutCard}},
	'额': {{"额", aboutOther}},
	'价': {{"价", aboutOther}},
	'格': {{"价格", aboutOther}},
	'钱': {{"钱", aboutOther}},
	'费': {{"费", aboutOther}},
	'量': {{"量", aboutOther}},
	'数': {{"数", aboutOther}},
	'计': {{"计", aboutOther}},
	'值': {{"值", aboutOther}},
	'戳': {{"戳", aboutOther}},
}

// words are the labels in Latin letters. The empty ones say nothing and are looked past.
var words = map[string]label{
	"is": unlabelled, "was": unlabelled, "number": unlabelled, "num": unlabelled, "no": unlabelled, "nr": unlabelled, "code": unlabelled, "id": unlabelled,
	"tel": aboutPhone, "phone": aboutPhone, "mobile": aboutPhone, "mob": aboutPhone, "cell": aboutPhone, "cellphone": aboutPhone, "telephone": aboutPhone,
	"call": aboutPhone, "contact": aboutPhone, "whatsapp": aboutPhone, "sms": aboutPhone, "phonenumber": aboutPhone, "landline": aboutPhone,
	"idcard": aboutID, "idno": aboutID, "identity": aboutID, "sfz": aboutID,
	"card": aboutCard, "bankcard": aboutCard, "cardno": aboutCard, "cardnumber": aboutCard, "account": aboutCard, "acct": aboutCard, "visa": aboutCard, "mastercard": aboutCard, "unionpay": aboutCard,
	"order": aboutOther, "orderid": aboutOther, "orderno": aboutOther, "ordernumber": aboutOther, "sku": aboutOther, "item": aboutOther, "itemid": aboutOther,
	"tracking": aboutOther, "waybill": aboutOther, "parcel": aboutOther, "shipment": aboutOther, "invoice": aboutOther, "serial": aboutOther, "sn": aboutOther,
	"price": aboutOther, "amount": aboutOther, "total": aboutOther, "product": aboutOther, "productid": aboutOther, "batch": aboutOther, "barcode": aboutOther,
	"ean": aboutOther, "isbn": aboutOther, "imei": aboutOther, "timestamp": aboutOther, "ts": aboutOther, "qty": aboutOther, "quantity": aboutOther,
	"ref": aboutOther, "reference": aboutOther, "txn": aboutOther, "transaction": aboutOther, "trade": aboutOther, "tradeno": aboutOther, "qq": aboutOther,
	"uid": aboutOther, "userid": aboutOther, "rmb": aboutOther, "cny": aboutOther, "usd": aboutOther, "version": aboutOther, "model": aboutOther,
}

// labelBefore tells what the words that end at i, before at most a few signs, say of the number there.
func labelBefore(text string, i int) label {
	i = skipSigns(text, i)
	last, size := runeBefore(text, i)
	if last == '是' || last == '为' {
		i = skipSigns(text, i-size)
		last, _ = runeBefore(text, i)
	}
	if isLetter(last) {
		return wordBefore(text, i)
	}
	for _, e := range endings[last] {
		if strings.HasSuffix(text[:i], e.ending) {
			return e.about
		}
	}
	return unlabelled
}

// skipSigns goes back over what may stand between a label and its number.
func skipSigns(text string, i int) int {
	for range 8 {
		r, size := runeBefore(text, i)
		switch r {
		case ' ', '\t', 0x3000, ':', '：', '=', '"', '\'', '“', '「', '(', '（', '[', '【', '#', '+', '.', '\\', '>':
			i -= size
		default:
			return i
		}
	}
	return i
}

// wordBefore looks at the Latin words that end at i, at most three, for one that says something.
func wordBefore(text string, i int) label {
	said := unlabelled
	for n := range 3 {
		end := i
		for i > 0 && isLetter(rune(text[i-1])) {
			i--
		}
		word := text[i:end]
		if len(word) > 12 {
			return unlabelled
		}
		about, known := words[strings.ToLower(word)]
		switch {
		case !known:
			return said
		case about != unlabelled:
			return about
		case n == 0 && strings.EqualFold(word, "id"):
			said = aboutOther // an ID of something
		}
		for i > 0 && strings.IndexByte(" _.-", text[i-1]) >= 0 {
			i--
		}
	}
	return said
}

// normal is a value in normal form. That of another detector's category is normal already.
func normal(category Type, value string) string {
	switch category {
	case Email:
		return strings.Map(halfWidth, strings.ToLower(value))
	case Mobile, Landline, IDCard, BankCard:
	default:
		return value
	}
	var digits strings.Builder
	for i := 0; i < len(value); {
		v, size, _ := digitAt(value, i)
		if size == 0 && xAt(value, i) > 0 {
			v, size = 'X', xAt(value, i)
		}
		if size > 0 {
			digits.WriteByte(v)
		}
		i += max(size, 1)
	}
	if category == Mobile { // without the country
		return digits.String()[digits.Len()-11:]
	}
	return digits.String()
}

// halfWidth is r without the width of a Chinese sign.
func halfWidth(r rune) rune {
	if r > 0xFF00 && r < 0xFF5F {
		return unicode.ToLower(r - 0xFEE0)
	}
	return r
}
