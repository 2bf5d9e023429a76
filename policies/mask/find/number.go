package find

import (
	"time"

	"keliu/policies/mask/label"
	"keliu/policies/mask/script"
)

// category tells which number the window is, if any: what proves itself by a check digit is asked first. To find another
// category of numbers, add a case.
func (w *window) category() (Type, bool) {
	n := len(w.value)
	switch {
	case (n == 18 || n == 15) && idCard(w):
		return IDCard, true
	case n >= 13 && n <= 19 && bankCard(w):
		return BankCard, true
	case (n == 11 || n == 13 || n == 15) && mobile(w):
		return Mobile, true
	case (n == 11 || n == 12) && landline(w):
		return Landline, true
	}
	return "", false
}

// mobile accepts 1 and 3 to 9 and nine digits, with or without 86, +86 or 0086, in the groups people write.
func mobile(w *window) bool {
	d, prefix := w.value, 0
	switch {
	case len(d) == 13 && d[0] == '8' && d[1] == '6':
		prefix = 2
	case len(d) == 15 && string(d[:4]) == "0086":
		prefix = 4
	case len(d) != 11:
		return false
	}
	if d = d[prefix:]; d[0] != '1' || d[1] < '3' {
		return false
	}
	if !w.tight() && !w.spelled() && !mobileShape(w, prefix) || w.isolated() {
		return false
	}
	if w.gaps == script.Stop && (w.shape != 0x344 || w.groups != 3) {
		return false
	}
	if !w.standsAlone(true) || w.isAmount() {
		return false
	}
	if l := label.Before(w.text, w.from); l == label.Other || l == label.Card {
		return false
	}
	if prefix > 0 && w.from > 0 && w.text[w.from-1] == '+' {
		w.from--
	}
	return true
}

// mobileShape reports whether the groups are ones that people write, the prefix apart or joined to the first.
func mobileShape(w *window, prefix int) bool {
	if w.groups > 7 {
		return false
	}
	shape, lead := w.shape, 4*(w.groups-1)
	if prefix > 0 {
		size := int(shape >> lead)
		if size < prefix {
			return false
		}
		shape -= uint64(prefix) << lead
	}
	switch shape {
	case 0xB, 0x344, 0x38, 0x74, 0x443, 0x434, 0x335, 0x353, 0x533, 0x56, 0x65, 0x47, 0x32222, 0x3233, 0x3323, 0x3332, 0x3422, 0x3224:
		return true
	}
	return false
}

// idCard accepts 18 digits with a province, a date and a check digit, or the 15 of before 1999 with province and date.
func idCard(w *window) bool {
	d := w.value
	if !province(d[0], d[1]) || !w.idShape() || w.isolated() || w.gaps == script.Stop {
		return false
	}
	if len(d) == 18 {
		return dated(d[6:14]) && checkedID(d) && w.standsAlone(false)
	}
	if d[14] == 'X' || !dated(append([]byte("19"), d[6:12]...)) || !w.standsAlone(true) {
		return false
	}
	switch label.Before(w.text, w.from) {
	case label.ID:
		return true
	case label.Other, label.Card, label.Phone:
		return false
	}
	return w.tight() && !w.chinese
}

// idShape reports whether the groups are ones an ID card is written in.
func (w *window) idShape() bool {
	if w.tight() || w.spelled() {
		return true
	}
	if w.groups > 6 {
		return false
	}
	switch w.shape {
	case 0x684, 0x6444, 0x33444, 0x6C, 0xE4, 0x44442, 0x333333, 0x666, 0x6822, 0x6813, 0x64224, 0x642240, 0x69, 0x663, 0x64223:
		return true
	}
	return false
}

// province reports whether an ID card may begin so.
func province(a, b byte) bool {
	switch n := int(a-'0')*10 + int(b-'0'); {
	case n >= 11 && n <= 15, n >= 21 && n <= 23, n >= 31 && n <= 37, n >= 41 && n <= 46, n >= 50 && n <= 54, n >= 61 && n <= 65:
		return true
	case n == 71, n >= 81 && n <= 83, n == 91:
		return true
	}
	return false
}

// dated reports whether d is a date, yyyymmdd, on which somebody alive may have been born.
func dated(d []byte) bool {
	var n int
	for _, c := range d {
		if c > '9' {
			return false
		}
		n = n*10 + int(c-'0')
	}
	year, month, day := n/10000, n/100%100, n%100
	if year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 {
		return false
	}
	return day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// checkedID reports whether the last of 18 digits is the check digit of the others (ISO 7064, MOD 11-2).
func checkedID(d []byte) bool {
	sum := 0
	for _, c := range d[:17] {
		if c > '9' {
			return false
		}
		sum = (sum + int(c-'0')) * 2
	}
	return d[17] == "10X98765432"[sum%11]
}

// bankCard accepts what Luhn accepts and begins like a card, or is called one.
func bankCard(w *window) bool {
	d := w.value
	if d[len(d)-1] == 'X' || !luhn(d) || !w.cardShape() || w.isolated() || w.gaps == script.Stop || !w.standsAlone(true) {
		return false
	}
	switch label.Before(w.text, w.from) {
	case label.Card:
		return true
	case label.Other:
		return false
	}
	return issued(d)
}

// cardShape reports whether the groups are ones a card is written in.
func (w *window) cardShape() bool {
	if w.tight() || w.spelled() {
		return true
	}
	if w.groups > 6 {
		return false
	}
	switch w.shape {
	case 0x4444, 0x44441, 0x44442, 0x44443, 0x465, 0x464, 0x6D, 0x6A, 0x88, 0x883, 0x667, 0x664, 0x4447, 0x448, 0x844, 0x5554, 0x4C, 0x6643, 0x64441, 0x6445, 0x66421:
		return true
	}
	return false
}

// luhn reports whether the last digit is the check digit of the others.
func luhn(d []byte) bool {
	sum, double := 0, len(d)%2 == 0
	for _, c := range d {
		n := int(c - '0')
		if double {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum, double = sum+n, !double
	}
	return sum%10 == 0
}

// issued reports whether a bank or a card network issues numbers that begin so, at this length.
func issued(d []byte) bool {
	four := int(d[0]-'0')*1000 + int(d[1]-'0')*100 + int(d[2]-'0')*10 + int(d[3]-'0')
	switch n := len(d); {
	case four/100 == 62:
		return n >= 16
	case four/10 == 955, four/10 == 603, four/10 == 601: // banks' own, older than UnionPay
		return n == 16 || n == 19
	case four/1000 == 4, four >= 5100 && four <= 5599, four >= 2221 && four <= 2720, four >= 3528 && four <= 3589, four/100 == 65:
		return n == 16
	case four/100 == 34, four/100 == 37:
		return n == 15
	}
	return false
}

// landline accepts an area code, with its 0, and seven or eight digits. The area code may stand in parentheses.
func landline(w *window) bool {
	d := w.value
	area := 4
	switch {
	case d[0] != '0' || d[1] == '0' || d[1] == '1' && d[2] != '0':
		return false
	case d[1] <= '2':
		area = 3
	}
	if local := len(d) - area; local != 8 && (local != 7 || area == 3) {
		return false
	}
	first := d[area]
	if first == '0' || first == '9' || w.isolated() || !w.standsAlone(true) || w.isAmount() {
		return false
	}
	switch label.Before(w.text, w.from) {
	case label.Phone:
	case label.Other, label.Card, label.ID:
		return false
	default:
		if w.tight() && first == '1' {
			return false
		}
	}
	switch w.shape {
	case 0x38, 0x47, 0x48, 0x344, 0x444, 0x434:
	default:
		return w.tight() && w.groups == 1
	}
	if w.gaps != script.Stop {
		return true
	}
	open, size := script.Before(w.text, w.from)
	if open != '(' && open != '（' {
		return false
	}
	w.from -= size
	return true
}
