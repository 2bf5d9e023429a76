package influx

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"keliu/streams/meter"
	"keliu/streams/meter/cells"
)

// The fields of a point.
const (
	fieldValue = "v"  // its value
	fieldBin   = "b"  // the bin of package cells that the value falls into
	fieldAt    = "at" // when, in ms since 1970
)

// labels are the tags of a point as InfluxDB knows them, in its order. Whatever is not among them is no tag.
func labels(t meter.Tags) [7][2]string {
	return [...][2]string{
		{"agent", t.Agent}, {"channel", t.Channel}, {"intent", t.Intent}, {"lang", t.Lang}, {"model", t.Model}, {"reason", t.Reason}, {"team", t.Team},
	}
}

// line appends the i-th point of a record in line protocol. Where a point stands in time is its identity: the minute, or the hour,
// it belongs to, and in that the nanosecond that its record's id chooses. So a point that is written again, by this process or
// another, replaces itself, and two points of a series meet in a minute once in 6·10¹⁰ pairs.
func line(b []byte, id string, i int, p meter.Point, unit time.Duration) []byte {
	b = append(b, plain(p.Name)...)
	for _, label := range labels(p.Tags) {
		if label[1] != "" {
			b = append(b, ',')
			b = append(b, label[0]...)
			b = append(b, '=')
			b = append(b, plain(label[1])...)
		}
	}
	b = append(b, " "+fieldValue+"="...)
	b = strconv.AppendFloat(b, p.Value, 'g', -1, 64)
	b = append(b, ","+fieldBin+"="...)
	b = strconv.AppendInt(b, int64(cells.BinOf(p.Value)), 10)
	b = append(b, "i,"+fieldAt+"="...)
	b = strconv.AppendInt(b, p.At.UnixMilli(), 10)
	b = append(b, "i "...)
	b = strconv.AppendInt(b, p.At.Truncate(unit).UnixNano()+place(id, i), 10)
	return append(b, '\n')
}

// place is the nanosecond of a minute that the i-th point of a record stands at.
func place(id string, i int) int64 {
	sum := sha256.Sum256([]byte(strconv.Itoa(i) + " " + id))
	return int64(binary.BigEndian.Uint64(sum[:]) % uint64(time.Minute))
}

// plain is s as both line protocol and Flux take it without quoting: what either could take for something else is written as in
// a URL.
func plain(s string) string {
	var b strings.Builder
	for i, w := 0, 0; i < len(s); i += w {
		var r rune
		r, w = utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && w == 1, r < utf8.RuneSelf && !harmless(byte(r)):
			fmt.Fprintf(&b, "%%%02X", s[i])
		default:
			b.WriteString(s[i : i+w])
		}
	}
	return b.String()
}

func harmless(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.:/@+", c) >= 0
}
