package source

import (
	"encoding/gob"
	"reflect"
	"testing"
)

// TestNothingIsLostOnDisk: gob leaves out what a type does not show, without
// a word. So nothing that is kept may have such a field, unless it says how it
// is written.
func TestNothingIsLostOnDisk(t *testing.T) {
	seen := map[reflect.Type]bool{}
	writes := reflect.TypeFor[gob.GobEncoder]()
	var look func(reflect.Type, string)
	look = func(typ reflect.Type, where string) {
		if seen[typ] || typ.Implements(writes) || reflect.PointerTo(typ).Implements(writes) {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer:
			// A nil list of places is as good as an empty one.
			if k := typ.Elem().Kind(); k != reflect.Struct && k != reflect.Slice {
				t.Errorf("%s would come back as nil from a zero", where)
			}
			look(typ.Elem(), where)
		case reflect.Slice, reflect.Array:
			look(typ.Elem(), where)
		case reflect.Map:
			look(typ.Key(), where)
			look(typ.Elem(), where)
		case reflect.Interface, reflect.Func, reflect.Chan:
			t.Errorf("%s is a %s", where, typ.Kind())
		case reflect.Struct:
			for n := range typ.NumField() {
				f := typ.Field(n)
				if !f.IsExported() {
					t.Errorf("%s.%s is lost", where, f.Name)
				}
				look(f.Type, where+"."+f.Name)
			}
		}
	}
	look(reflect.TypeFor[part](), "part")
	look(reflect.TypeFor[result](), "result")
}
