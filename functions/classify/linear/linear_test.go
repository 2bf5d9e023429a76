package linear

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/classify/text"
)

// rows are texts by label, folded and hashed.
func rows(texts ...[]string) []Row {
	var out []Row
	for label, lines := range texts {
		for _, line := range lines {
			out = append(out, Row{Features(nil, text.Fold(nil, line), Triples), label})
		}
	}
	return out
}

var (
	fruit  = []string{"苹果很甜", "香蕉很软", "我爱吃苹果", "apples are sweet", "红苹果", "青苹果", "大香蕉"}
	trains = []string{"火车晚点了", "坐火车去", "the train is late", "高铁票", "动车票", "火车站在哪", "买火车票"}
	colds  = []string{"感冒了", "发烧头疼", "I have a cold", "咳嗽吃药", "头疼发烧", "感冒吃药", "流感疫苗"}
)

func train(t testing.TB, labels []string, rows []Row) *Model {
	t.Helper()
	m, err := Train(labels, rows, Options{Bits: 12, Epochs: 10, Cost: 1, Smooth: 1, Folds: 3})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func likeliest(m *Model, line string) string {
	p := make([]float32, len(m.Labels()))
	m.Probabilities(p, Features(nil, text.Fold(nil, line), Triples))
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return m.Labels()[best]
}

func TestTrainTellsApart(t *testing.T) {
	three := train(t, []string{"fruit", "train", "cold"}, rows(fruit, trains, colds))
	two := train(t, []string{"fruit", "train"}, rows(fruit, trains))
	for line, want := range map[string]string{"甜苹果": "fruit", "火车几点": "train", "感冒发烧": "cold", "late trains": "train"} {
		if got := likeliest(three, line); got != want {
			t.Errorf("of three, %q is %s, want %s", line, got, want)
		}
		if want == "cold" {
			continue
		}
		if got := likeliest(two, line); got != want {
			t.Errorf("of two, %q is %s, want %s", line, got, want)
		}
	}
}

func TestProbabilities(t *testing.T) {
	for _, m := range []*Model{
		train(t, []string{"fruit", "train"}, rows(fruit, trains)),
		train(t, []string{"fruit", "train", "cold"}, rows(fruit, trains, colds)),
	} {
		for _, line := range []string{"", "苹果", "火车和苹果", "🙂", strings.Repeat("苹", 9000)} {
			p := make([]float32, len(m.Labels()))
			m.Probabilities(p, Features(nil, text.Fold(nil, line), Triples))
			var sum float64
			for _, v := range p {
				sum += float64(v)
			}
			if math.Abs(sum-1) > 1e-5 || slices.Min(p) < 0 {
				t.Errorf("%d labels, %.10q: %v", len(p), line, p)
			}
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	labels, from := []string{"fruit", "train", "cold"}, rows(fruit, trains, colds)
	if !bytes.Equal(train(t, labels, from).Encode(), train(t, labels, from).Encode()) {
		t.Error("the same rows gave different models")
	}
}

func TestManyLabels(t *testing.T) {
	var labels []string
	var lines [][]string
	for i := range 20 {
		labels = append(labels, fmt.Sprint(i))
		r := string(rune('一' + i*50))
		lines = append(lines, []string{r + "甲", r + "乙", r + "丙"})
	}
	m := train(t, labels, rows(lines...))
	for i, label := range labels {
		if got := likeliest(m, string(rune('一'+i*50))); got != label {
			t.Errorf("label %s taken for %s", label, got)
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	o := Options{Bits: 8, Epochs: 1, Cost: 1, Smooth: 1, Folds: 3}
	if _, err := Train([]string{"fruit"}, rows(fruit), o); err == nil {
		t.Error("one label was enough")
	}
	if _, err := Train([]string{"fruit", "train"}, rows(fruit, trains[:2]), o); err == nil {
		t.Error("two rows were enough for three folds")
	}
}

func TestCalibration(t *testing.T) {
	// Rows that no model can tell apart must leave it unsure, rows that any can make it sure.
	noise := train(t, []string{"a", "b"}, rows(fruit, fruit))
	clear := train(t, []string{"fruit", "train"}, rows(fruit, trains))
	p, q := make([]float32, 2), make([]float32, 2)
	features := Features(nil, text.Fold(nil, "苹果很甜"), Triples)
	noise.Probabilities(p, features)
	clear.Probabilities(q, features)
	if slices.Max(p) > 0.6 || slices.Max(q) < 0.7 {
		t.Errorf("sure by %.2f of noise and by %.2f of what is clear", slices.Max(p), slices.Max(q))
	}
}

func TestFeatures(t *testing.T) {
	of := func(line string, n int) []uint32 { return Features(nil, text.Fold(nil, line), n) }
	if got := of("", Triples); len(got) != 0 {
		t.Errorf("nothing has %d features", len(got))
	}
	// 退, 货, their pair, the pairs with both edges, and the triples 〈退货 and 退货〉.
	if got := len(of("退货", Pairs)); got != 6 {
		t.Errorf("two characters have %d features in pairs, want 6", got)
	}
	for _, same := range [][2]string{{"退货", "　退货 "}, {"ABC def", "abc DEF"}, {"订单12345", "订单67890"}, {"好！！！", "好！！！！！！"}} {
		if diff := cmp.Diff(of(same[0], Triples), of(same[1], Triples)); diff != "" {
			t.Errorf("%q and %q differ", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"退货", "货退"}, {"12", "13"}, {"1234", "12345"}, {"ab cd", "cd ab"}} {
		if cmp.Equal(of(other[0], Triples), of(other[1], Triples)) {
			t.Errorf("%q and %q are the same", other[0], other[1])
		}
	}
	f := of("苹果苹果苹果 apple apple", Triples)
	if !slices.IsSorted(f) || len(slices.Compact(slices.Clone(f))) != len(f) {
		t.Errorf("not sorted or not unique: %v", f)
	}
}

func TestCodec(t *testing.T) {
	m := train(t, []string{"fruit", "train", "cold"}, rows(fruit, trains, colds))
	data := m.Encode()
	back, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, back, cmp.AllowUnexported(Model{})); diff != "" {
		t.Errorf("decoded (-want +got):\n%s", diff)
	}
	for name, bad := range map[string][]byte{
		"nothing":         nil,
		"another format":  []byte("PK\x03\x04 and a good deal more than a few bytes"),
		"cut short":       data[:len(data)/2],
		"one byte missed": data[:len(data)-1],
		"a bit flipped":   append(slices.Clone(data[:40]), append([]byte{data[40] ^ 1}, data[41:]...)...),
	} {
		if _, err := Decode(bad); !errors.Is(err, ErrModel) {
			t.Errorf("%s: %v, want ErrModel", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	two, err := Train([]string{"a", "b"}, rows(fruit, trains), Options{Bits: 4, Epochs: 1, Cost: 1, Smooth: 1})
	if err != nil {
		f.Fatal(err)
	}
	whole := two.Encode()
	f.Add(whole[:len(whole)-4])
	f.Add([]byte(magic + "\x04\x02\x01a\x01b"))
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := Decode(signed(body))
		if err != nil {
			return
		}
		if !bytes.Equal(m.Encode(), signed(body)) {
			t.Error("decoding and encoding changed the model")
		}
		p := make([]float32, len(m.Labels()))
		m.Margins(p, []uint32{0, 1, math.MaxUint32})
	})
}
