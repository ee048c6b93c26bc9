package release

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"reflect"
	"regexp"
	"slices"

	"wangjian/internal/campaign"
)

// Digest is a hash of everything that a renderer can see of the view without
// reading a file: audience, day, what is held back and the whole campaign, its
// positions too. Two views with one digest, given to one program with one set
// of layouts, lead to the same files but for what these read through the view.
//
// Of a Markdown body the campaign keeps headings, links, references and how it
// opens. They count; their positions, and what only review looks at, do not, so
// that another word in a narrative does not change what all other pages show.
func (v *View) Digest() ([sha256.Size]byte, error) {
	d := &digester{hash: sha256.New(), seen: map[pointer]uint64{}}
	d.walk(reflect.ValueOf(v.campaign), false)
	d.walk(reflect.ValueOf(v.date), false)
	d.number(uint64(v.audience))
	d.walk(reflect.ValueOf(v.heldOut), false)
	d.walk(reflect.ValueOf(v.withdrawn), false)
	d.walk(reflect.ValueOf(v.files), false)
	d.forms(v.forms, v.campaign)
	for _, i := range v.campaign.Items {
		d.walk(reflect.ValueOf(v.handedIn[i]), false)
		d.walk(reflect.ValueOf(v.held[i]), false)
	}
	d.flush()
	var sum [sha256.Size]byte
	d.hash.Sum(sum[:0])
	return sum, d.err
}

// digester writes values into a hash so that no two different ones write the
// same. What a pointer leads to is written once and then told by its number.
type digester struct {
	hash   hash.Hash
	buffer []byte
	seen   map[pointer]uint64
	err    error
}

type pointer struct {
	to uintptr
	of reflect.Type
}

func (d *digester) flush() {
	d.hash.Write(d.buffer)
	d.buffer = d.buffer[:0]
}

func (d *digester) number(n uint64) {
	d.buffer = binary.AppendUvarint(d.buffer, n)
	if len(d.buffer) > 32<<10 {
		d.flush()
	}
}

func (d *digester) text(s string) {
	d.number(uint64(len(s)))
	d.buffer = append(d.buffer, s...)
}

// forms writes the forms that are only added up, in the campaign's order; the
// others are part of the campaign.
func (d *digester) forms(f *forms, c *campaign.Campaign) {
	d.walk(reflect.ValueOf(f.regions), false)
	for _, round := range c.Rounds {
		for _, department := range c.Departments {
			if filed := f.at[place{round, department}]; filed != nil {
				d.walk(reflect.ValueOf(filed.own), false)
				d.walk(reflect.ValueOf(filed.regions), false)
			}
		}
	}
}

func (d *digester) fail(v reflect.Value) {
	if d.err == nil {
		d.err = fmt.Errorf("程序的错误：不能取 %s 的摘要", v.Type())
	}
}

var (
	bodyType     = reflect.TypeFor[campaign.Body]()
	campaignType = reflect.TypeFor[campaign.Campaign]()
	releaseType  = reflect.TypeFor[campaign.Release]()
	itemType     = reflect.TypeFor[campaign.Item]()
	positionType = reflect.TypeFor[campaign.Position]()
	regexpType   = reflect.TypeFor[*regexp.Regexp]()
)

// unseen are the parts of a body that no renderer looks at: the text's hash, for
// the text itself is read through the view, and what review compares.
var unseen = map[string]bool{"Hash": true, "Sentences": true, "Cited": true}

// walk writes a value.
// flat: one case a kind of value.
func (d *digester) walk(v reflect.Value, inBody bool) {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			d.number(1)
		} else {
			d.number(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		d.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		d.number(v.Uint())
	case reflect.String:
		d.text(v.String())
	case reflect.Slice, reflect.Array:
		d.number(uint64(v.Len()))
		for n := range v.Len() {
			d.walk(v.Index(n), inBody)
		}
	case reflect.Struct:
		t := v.Type()
		if t == positionType && inBody {
			return
		}
		body := inBody || t == bodyType
		for n := range v.NumField() {
			if name := t.Field(n).Name; t == bodyType && unseen[name] || t == releaseType && name == "Digest" || t == itemType && name == "PublicDigest" || t == campaignType && name == "Shown" {
				continue // the text is read through the view
			}
			d.walk(v.Field(n), body)
		}
	case reflect.Pointer:
		d.pointer(v, inBody)
	case reflect.Map:
		d.mapping(v, inBody)
	default: // functions, channels, interfaces, floats: the campaign has none
		d.fail(v)
	}
}

func (d *digester) pointer(v reflect.Value, inBody bool) {
	if v.IsNil() {
		d.number(0)
		return
	}
	if v.Type() == regexpType {
		d.text(v.Elem().FieldByName("expr").String())
		return
	}
	p := pointer{v.Pointer(), v.Type()}
	if n, ok := d.seen[p]; ok {
		d.number(n)
		return
	}
	d.number(1)
	d.seen[p] = uint64(len(d.seen) + 2)
	d.walk(v.Elem(), inBody)
}

// mapping writes a map in the order of its keys: texts, characters, or pointers to what was
// written before.
func (d *digester) mapping(v reflect.Value, inBody bool) {
	keys := v.MapKeys()
	d.number(uint64(len(keys)))
	switch v.Type().Key().Kind() {
	case reflect.String:
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	case reflect.Int32: // characters
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) })
	case reflect.Pointer:
		order := func(k reflect.Value) uint64 {
			n, ok := d.seen[pointer{k.Pointer(), k.Type()}]
			if !ok {
				d.fail(v)
			}
			return n
		}
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(order(a), order(b)) })
	default:
		d.fail(v)
	}
	for _, k := range keys {
		d.walk(k, inBody)
		d.walk(v.MapIndex(k), inBody)
	}
}
