package bootstrap_test

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/catalog"
	"keliu/infra/bootstrap"
	"keliu/streams/desk"
)

// Whatever a channel or an intent is told by what stands in its fields, and whatever it tells them, is the same after the way through
// a wire: no field of any value is lost.
func TestNothingIsLostOnTheWay(t *testing.T) {
	seen := 0
	for _, name := range bootstrap.Names() {
		ports(reflect.TypeOf(new(catalog.House).Leaf(name)), func(path string, m reflect.Method) {
			for i := range m.Type.NumIn() {
				if in := m.Type.In(i); in != reflect.TypeFor[context.Context]() {
					seen++
					travels(t, name+" "+path+"."+m.Name, in)
				}
			}
			for i := range m.Type.NumOut() - 1 {
				seen++
				travels(t, name+" "+path+"."+m.Name, m.Type.Out(i))
			}
		})
	}
	if seen == 0 {
		t.Error("no function has anything to tell")
	}
	for _, own := range []reflect.Type{
		reflect.TypeFor[desk.Turn](), reflect.TypeFor[desk.Reply](), reflect.TypeFor[functions.ChannelCall](), reflect.TypeFor[functions.Receipt](),
	} {
		travels(t, "a call", own)
	}
}

// ports visits every method of every field of a struct that is an interface.
func ports(t reflect.Type, visit func(path string, m reflect.Method)) {
	for field := range t.Fields() {
		switch {
		case !field.IsExported():
		case field.Type.Kind() == reflect.Struct:
			ports(field.Type, visit)
		case field.Type.Kind() == reflect.Interface:
			for m := range field.Type.Methods() {
				visit(field.Name, m)
			}
		}
	}
}

// travels sends a value of a type in which nothing is zero.
func travels(t *testing.T, what string, of reflect.Type) {
	t.Helper()
	sent, arrived := reflect.New(of), reflect.New(of)
	if !fill(sent.Elem(), 4) {
		t.Errorf("%s: a %s cannot be made", what, of)
		return
	}
	raw, err := json.Marshal(sent.Elem().Interface())
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if err := json.Unmarshal(raw, arrived.Interface()); err != nil || !reflect.DeepEqual(sent.Interface(), arrived.Interface()) {
		t.Errorf("%s: %+v arrives as %+v (%v)", what, sent.Elem(), arrived.Elem(), err)
	}
}

// fill makes a value in which nothing is zero, down to a depth. It reports whether it could.
func fill(v reflect.Value, depth int) bool {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2026, 11, 24, 2, 0, 0, 1_000_000, time.UTC)))
		return true
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("字")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint8:
		v.SetUint(7)
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() || !fill(v.Field(i), depth) {
				return false
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return fill(v.Index(0), depth)
	case reflect.Pointer:
		if depth == 0 {
			return true
		}
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem(), depth-1)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if !fill(key, depth) || !fill(value, depth) {
			return false
		}
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	default:
		return false
	}
	return true
}
