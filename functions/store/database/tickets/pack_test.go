package tickets

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/desk"
)

func FuzzPack(f *testing.F) {
	f.Add("desk.outbound", "m_1", "c_1", []byte(`{"seq":1}`))
	f.Add("t\n", "i\"", "", []byte("\n\n{}"))
	f.Fuzz(func(t *testing.T, topic, id, key string, body []byte) {
		want := []desk.Outgoing{
			{Topic: topic, Record: streams.Record{ID: id, Key: key, Body: body}},
			{Topic: "next", Record: streams.Record{ID: "n", Headers: map[string]string{"h": "v"}, Body: []byte("x")}},
		}
		packed, err := Pack(want)
		if text := utf8.Valid(body) && bytes.IndexByte(body, 0) < 0; !text || err != nil {
			if text || !errors.Is(err, desk.ErrInvalid) {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		got, err := Unpack(packed)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 2 || !bytes.Equal(got[0].Record.Body, body) {
			t.Fatalf("%q came back as %+v", body, got)
		}
		if diff := cmp.Diff(want[1], got[1]); diff != "" {
			t.Error(diff)
		}
	})
}

func FuzzUnpack(f *testing.F) {
	good, err := Pack([]desk.Outgoing{{Topic: "t", Record: streams.Record{ID: "i", Body: []byte("b")}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"n":-1}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		out, err := Unpack(body)
		size := 0
		for _, o := range out {
			size += len(o.Record.Body)
		}
		if err == nil && size > len(body) {
			t.Errorf("%d bytes hold %d", len(body), size)
		}
	})
}
