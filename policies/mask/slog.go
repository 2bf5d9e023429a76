package mask

import (
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
)

// Handler hands records to next with everything personal masked: the message, keys, and values of any kind, whatever
// they hide it in. Values that are not plain reach next as text, maps and lists, so that none can print itself.
func Handler(next slog.Handler) slog.Handler { return handler{next} }

type handler struct{ next slog.Handler }

// Enabled implements slog.Handler.
func (h handler) Enabled(ctx context.Context, l slog.Level) bool { return h.next.Enabled(ctx, l) }

// Handle implements slog.Handler.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	masked := slog.NewRecord(r.Time, r.Level, Text(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		masked.AddAttrs(maskAttr(a))
		return true
	})
	return h.next.Handle(ctx, masked)
}

// WithAttrs implements slog.Handler.
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.next.WithAttrs(maskAttrs(attrs))}
}

// WithGroup implements slog.Handler.
func (h handler) WithGroup(name string) slog.Handler { return handler{h.next.WithGroup(Text(name))} }

func maskAttrs(attrs []slog.Attr) []slog.Attr {
	masked := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		masked[i] = maskAttr(a)
	}
	return masked
}

func maskAttr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindBool, slog.KindDuration, slog.KindTime:
	case slog.KindGroup:
		v = slog.GroupValue(maskAttrs(v.Group())...)
	case slog.KindString:
		v = slog.StringValue(Text(v.String()))
	default:
		v = slog.AnyValue(plain(v.Any(), 0))
	}
	return slog.Attr{Key: Text(a.Key), Value: v}
}

// maxDepth is how deep values are looked into; what lies deeper, as in a ring, is left out.
const maxDepth = 8

// plain renders v as text, numbers, maps and lists with everything personal masked.
func plain(v any, depth int) (rendered any) {
	defer func() {
		if p := recover(); p != nil {
			rendered = fmt.Sprintf("!panic in %T", v)
		}
	}()
	if depth > maxDepth {
		return "…"
	}
	switch v := v.(type) {
	case nil:
		return nil
	case slog.Value:
		return plain(v.Resolve().Any(), depth)
	case []slog.Attr:
		group := map[string]any{}
		for _, a := range v {
			group[Text(a.Key)] = plain(a.Value.Resolve().Any(), depth+1)
		}
		return group
	case error:
		return Text(v.Error())
	case json.RawMessage:
		return fromJSON(v, depth)
	case json.Number:
		return number(v.String(), v)
	case []byte:
		return Text(string(v))
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		if err != nil {
			return Text(err.Error())
		}
		return Text(string(text))
	case fmt.Stringer:
		return Text(v.String())
	case json.Marshaler:
		text, err := v.MarshalJSON()
		if err != nil {
			return Text(err.Error())
		}
		return fromJSON(text, depth)
	}
	return plainKind(reflect.ValueOf(v), depth)
}

// plainKind renders a value that does not print itself.
func plainKind(v reflect.Value, depth int) any {
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String:
		return Text(v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return number(strconv.FormatInt(v.Int(), 10), v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return number(strconv.FormatUint(v.Uint(), 10), v.Uint())
	case reflect.Float32, reflect.Float64:
		return number(strconv.FormatFloat(v.Float(), 'f', -1, 64), v.Float())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem().Interface(), depth+1)
	case reflect.Struct:
		return plainStruct(v, depth)
	case reflect.Map:
		m := map[string]any{}
		for key, value := range v.Seq2() {
			m[fmt.Sprint(plain(key.Interface(), depth+1))] = plain(value.Interface(), depth+1)
		}
		return m
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return Text(string(bytesOf(v)))
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i).Interface(), depth+1)
		}
		return list
	default:
		return v.Type().String() // a function, a channel
	}
}

// plainStruct renders the exported fields of a struct under the names they have in JSON.
func plainStruct(v reflect.Value, depth int) any {
	m := map[string]any{}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = f.Name
		}
		m[name] = plain(v.Field(i).Interface(), depth+1)
	}
	return m
}

// bytesOf copies the bytes of a slice or an array.
func bytesOf(v reflect.Value) []byte {
	b := make([]byte, v.Len())
	for i := range b {
		b[i] = byte(v.Index(i).Uint())
	}
	return b
}

// number is value, or its digits masked when they are somebody's.
func number(digits string, value any) any {
	if masked := Text(digits); masked != digits {
		return masked
	}
	return value
}

// fromJSON renders a JSON text.
func fromJSON(text []byte, depth int) any {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return Text(string(text))
	}
	return plain(v, depth+1)
}
