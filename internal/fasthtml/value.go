package fasthtml

import (
	"cmp"
	"reflect"
	"sync/atomic"
)

// indirect follows pointers and interfaces.
func indirect(v reflect.Value) reflect.Value {
	for (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && !v.IsNil() {
		v = v.Elem()
	}
	return v
}

// isTrue is template.IsTrue.
func isTrue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() > 0
	case reflect.Interface, reflect.Pointer, reflect.Func, reflect.Chan:
		return !v.IsNil()
	case reflect.Struct:
		return true
	}
	return !v.IsZero()
}

// functions are of one value or two.
var functions = map[string]struct {
	args int
	of   func(a, b reflect.Value) (reflect.Value, error)
}{
	"not": {1, func(a, _ reflect.Value) (reflect.Value, error) { return reflect.ValueOf(!isTrue(a)), nil }},
	"len": {1, func(a, _ reflect.Value) (reflect.Value, error) {
		if a = indirect(a); a.Kind() != reflect.Slice && a.Kind() != reflect.String {
			return a, errUnknown
		}
		return reflect.ValueOf(a.Len()), nil
	}},
	"eq": {2, compare(func(order int) bool { return order == 0 }, reflect.String)},
	"ne": {2, compare(func(order int) bool { return order != 0 }, reflect.String)},
	"gt": {2, compare(func(order int) bool { return order > 0 }, reflect.Int)},
}

// compare compares two numbers, or two values of another kind.
func compare(is func(order int) bool, other reflect.Kind) func(a, b reflect.Value) (reflect.Value, error) {
	return func(a, b reflect.Value) (reflect.Value, error) {
		a, b = indirect(a), indirect(b)
		switch kind := a.Kind(); {
		case kind != b.Kind() || kind != reflect.Int && kind != other:
			return a, errUnknown
		case kind == reflect.Int:
			return reflect.ValueOf(is(cmp.Compare(a.Int(), b.Int()))), nil
		}
		return reflect.ValueOf(is(cmp.Compare(a.String(), b.String()))), nil
	}
}

// fields returns what a chain of fields, or methods without arguments, leads to.
func fields(get value, names []string) value {
	for _, name := range names {
		get = field(get, name)
	}
	return get
}

// member is where a type has a field or a method; at < 0 for neither.
type member struct {
	of     reflect.Type
	at     []int
	method int
}

// field looks a field up once for each type in a row.
func field(get value, name string) value {
	var last atomic.Pointer[member]
	return func(r *run) (reflect.Value, error) {
		v, err := get(r)
		if err != nil {
			return v, err
		}
		for v.Kind() == reflect.Interface {
			v = v.Elem()
		}
		if v.Kind() != reflect.Pointer && v.CanAddr() {
			v = v.Addr() // methods of the pointer are the value's too
		}
		if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
			return v, errUnknown
		}
		m := last.Load()
		if m == nil || m.of != v.Type() {
			m = memberOf(v.Type(), name)
			last.Store(m)
		}
		switch {
		case m.method >= 0:
			return result(v.Method(m.method).Call(nil))
		case m.at == nil:
			return v, errUnknown
		}
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		return v.FieldByIndexErr(m.at)
	}
}

func memberOf(of reflect.Type, name string) *member {
	if method, ok := of.MethodByName(name); ok {
		if method.Type.NumIn() == 1 {
			return &member{of: of, method: method.Index}
		}
		return &member{of: of, method: -1}
	}
	m, within := &member{of: of, method: -1}, of
	if of.Kind() == reflect.Pointer {
		within = of.Elem()
	}
	if within.Kind() == reflect.Struct {
		if f, ok := within.FieldByName(name); ok && f.IsExported() {
			m.at = f.Index
		}
	}
	return m
}

// result is what a method has returned.
func result(out []reflect.Value) (reflect.Value, error) {
	if len(out) == 2 && !out[1].IsNil() || len(out) == 0 || len(out) > 2 {
		return reflect.Value{}, errUnknown
	}
	return out[0], nil
}
