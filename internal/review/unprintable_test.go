package review

import (
	"encoding/binary"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/layouts"
)

// fontWith is one of the program's fonts that draws one character more, above
// the basic plane.
func fontWith(t *testing.T, r rune) []byte {
	t.Helper()
	data, err := fs.ReadFile(layouts.Over(nil), "fonts/NotoSerifSC-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	data = append([]byte(nil), data...)
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		record := data[12+16*i:]
		if string(record[:4]) != "cmap" {
			continue
		}
		cmap := data[binary.BigEndian.Uint32(record[8:]):]
		for k := range int(binary.BigEndian.Uint16(cmap[2:])) {
			table := cmap[binary.BigEndian.Uint32(cmap[4+8*k+4:]):]
			if binary.BigEndian.Uint16(table) != 12 {
				continue
			}
			// The group whose place in the order is the character's.
			for g := range int(binary.BigEndian.Uint32(table[12:])) {
				if group := table[16+12*g:]; binary.BigEndian.Uint32(group[4:]) > uint32(r) {
					binary.BigEndian.PutUint32(group, uint32(r))
					binary.BigEndian.PutUint32(group[4:], uint32(r))
					return data
				}
			}
		}
	}
	t.Fatal("no such group")
	return nil
}

// A campaign's own font draws what the program's lack: no finding then; and
// one again without it.
func TestOwnFontsPrintMore(t *testing.T) {
	files := base(t)
	warning := files["content/open/fangan.md"]
	files["content/open/fangan.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(warning.Data), "三次检查", "三🎉次检查", 1))}
	count := func() (n int) {
		for _, f := range Read(files, onDay).Findings {
			if f.Rule == unprintable.Code {
				n++
			}
		}
		return n
	}
	if n := count(); n != 1 {
		t.Errorf("%d findings without a font", n)
	}
	files["layouts/fonts/own.ttf"] = &fstest.MapFile{Data: fontWith(t, '🎉')}
	if n := count(); n != 0 {
		t.Errorf("%d findings with a font that has it", n)
	}
	delete(files, "layouts/fonts/own.ttf")
	if n := count(); n != 1 {
		t.Errorf("%d findings without the font again", n)
	}
}
