package lambda

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"keliu/functions/lambda/call"
	"keliu/streams/desk"
)

// answer calls what a function in the cloud asks for on the same function here: a method of the interface that one of its exported
// fields is, by path. Nothing else of what stands behind that field can be reached. It fails with desk.ErrUnavailable where the two
// do not fit, as functions and house of different builds may for a while.
func answer(ctx context.Context, here any, q call.Question) (call.Told, error) {
	told := call.Told{Question: q}
	method, err := methodOf(here, q.Method)
	if err != nil {
		return told, err
	}
	in, err := arguments(ctx, method.Type(), q.Args)
	if err != nil {
		return told, err
	}
	out := method.Call(in)
	last := len(out) - 1
	if failed, ok := out[last].Interface().(error); ok {
		told.Problem = call.Send(failed, here)
	}
	for _, result := range out[:last] {
		raw, err := json.Marshal(result.Interface())
		if err != nil {
			return told, err
		}
		told.Results = append(told.Results, raw)
	}
	return told, nil
}

// methodOf finds a method by its path, such as "Protocol.Live.Tell".
func methodOf(here any, path string) (reflect.Value, error) {
	steps := strings.Split(path, ".")
	v := reflect.ValueOf(here)
	for _, step := range steps[:len(steps)-1] {
		if v.Kind() != reflect.Struct {
			return v, fmt.Errorf("no such field: %w", desk.ErrUnavailable)
		}
		if field, ok := v.Type().FieldByName(step); !ok || !field.IsExported() {
			return v, fmt.Errorf("no such field: %w", desk.ErrUnavailable)
		}
		v = v.FieldByName(step)
	}
	if v.Kind() != reflect.Interface || v.IsNil() {
		return v, fmt.Errorf("nothing stands in this field: %w", desk.ErrUnavailable)
	}
	method := v.MethodByName(steps[len(steps)-1])
	if !method.IsValid() {
		return method, fmt.Errorf("no such method: %w", desk.ErrUnavailable)
	}
	if n := method.Type().NumOut(); n == 0 || method.Type().Out(n-1) != reflect.TypeFor[error]() {
		return method, fmt.Errorf("a method that returns no error: %w", desk.ErrUnavailable)
	}
	return method, nil
}

// arguments are what a method is called with: the context where it takes one, and what was sent.
func arguments(ctx context.Context, method reflect.Type, sent []json.RawMessage) (in []reflect.Value, err error) {
	if method.NumIn() > 0 && method.In(0) == reflect.TypeFor[context.Context]() {
		in = append(in, reflect.ValueOf(ctx))
	}
	if len(in)+len(sent) != method.NumIn() || method.IsVariadic() {
		return nil, fmt.Errorf("%d arguments: %w", len(sent), desk.ErrUnavailable)
	}
	for _, raw := range sent {
		arg := reflect.New(method.In(len(in)))
		if err := json.Unmarshal(raw, arg.Interface()); err != nil {
			return nil, fmt.Errorf("%w: %w", desk.ErrUnavailable, err)
		}
		in = append(in, arg.Elem())
	}
	return in, nil
}

// settings are the plain fields of a function, by path, and whether anything stands in a field that is an interface.
func settings(here any) map[string]json.RawMessage {
	all := map[string]json.RawMessage{}
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		for field, value := range v.Fields() {
			if !field.IsExported() {
				continue
			}
			switch at := path + field.Name; value.Kind() {
			case reflect.Struct:
				walk(at+".", value)
			case reflect.Interface:
				all[at] = packed(!value.IsNil())
			case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
				all[at] = packed(value.Interface())
			}
		}
	}
	walk("", reflect.ValueOf(here))
	return all
}

// packed is a plain value as JSON.
func packed(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil { // a number that is none
		return json.RawMessage("null")
	}
	return raw
}
