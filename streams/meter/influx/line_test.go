package influx

import (
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/meter"
)

var noonish = time.Date(2026, 11, 24, 12, 34, 56, 789e6, time.UTC)

// Every tag of a point is a tag there, and nothing else is: no person, no conversation, no record.
func TestTagsAreOfBoundedSets(t *testing.T) {
	var tags meter.Tags
	fields := reflect.ValueOf(&tags).Elem()
	want := map[string]string{}
	for i := range fields.NumField() {
		name, _, _ := strings.Cut(fields.Type().Field(i).Tag.Get("json"), ",")
		fields.Field(i).SetString("value-of-" + name)
		want[name] = "value-of-" + name
	}
	bounded := []string{"agent", "channel", "intent", "lang", "model", "reason", "team"}
	if diff := cmp.Diff(bounded, slices.Sorted(maps.Keys(want))); diff != "" {
		t.Errorf("a new tag: is it of a bounded set, and never a person or a conversation?\n%s", diff)
	}
	const id = "customer-4711/conversation-0815"
	text := string(line(nil, id, 0, meter.Point{Name: "n", Value: 1, At: noonish, Tags: tags}, time.Minute))
	series, _, _ := strings.Cut(text, " ")
	got := map[string]string{}
	for _, tag := range strings.Split(series, ",")[1:] {
		name, value, _ := strings.Cut(tag, "=")
		got[name] = value
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	for _, secret := range []string{"4711", "0815", "customer"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in %q", secret, text)
		}
	}
}

func TestLine(t *testing.T) {
	p := meter.Point{Name: "first_reply_any", Value: 1234.5, At: noonish, Tags: meter.Tags{Channel: "web", Reason: "a b"}}
	const want = "first_reply_any,channel=web,reason=a%20b v=1234.5,b=703i,at=1795523696789i "
	got := string(line(nil, "r", 0, p, time.Minute))
	if !strings.HasPrefix(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	for unit, begins := range map[time.Duration]time.Time{time.Minute: noonish.Truncate(time.Minute), time.Hour: noonish.Truncate(time.Hour)} {
		text := strings.TrimSuffix(strings.TrimPrefix(string(line(nil, "r", 0, p, unit)), want), "\n")
		ns, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if at := time.Unix(0, ns); at.Before(begins) || !at.Before(begins.Add(time.Minute)) {
			t.Errorf("the point of a record of %s stands at %s", begins, at.UTC())
		}
	}
}

// The same point of the same record always stands at the same place, and any other somewhere else.
func TestPlaceIsTheIdentity(t *testing.T) {
	places := map[int64]string{}
	for record := range 2000 {
		id := "record-" + strconv.Itoa(record)
		for i := range 5 {
			at := place(id, i)
			if at != place(id, i) || at < 0 || at >= int64(time.Minute) {
				t.Fatalf("%s %d stands at %d", id, i, at)
			}
			if other, taken := places[at]; taken {
				t.Errorf("%s %d stands where %s does", id, i, other)
			}
			places[at] = id
		}
	}
}

// FuzzPlain checks that what is written plainly has nothing in it that ends a word, and that no two texts are written the same.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"", "web", "退款 申请", `a\`, "a,b=c", "%20", "\xff", "\x00\n\r\t", "${x}", `"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := plain(s)
		if !utf8.ValidString(p) || strings.ContainsAny(p, " ,=\"\\#${}()'`\n\r\t\x00") {
			t.Errorf("%q is written %q", s, p)
		}
		if back, err := url.PathUnescape(p); err != nil || back != s {
			t.Errorf("%q is written %q, which means %q (%v)", s, p, back, err)
		}
	})
}
