package intake

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func gbk(t *testing.T, s string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// zipOf writes an archive whose names are bytes as they are.
func zipOf(t *testing.T, name string, extra []byte, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: true, Extra: extra})
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unicodePath(raw, name string) []byte {
	field := binary.LittleEndian.AppendUint32([]byte{1}, crc32.ChecksumIEEE([]byte(raw)))
	field = append(field, name...)
	return append(binary.LittleEndian.AppendUint16([]byte{0x75, 0x70}, uint16(len(field))), field...)
}

// mailWith is a mail with one attachment; header fields of the part are as they are.
func mailWith(fields, body string) string {
	return "Subject: =?gb2312?B?" + "yc+xqA==" + "?=\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=gbk\r\n\r\n\xc7\xeb\xca\xd5\r\n--b1\r\n" + fields + "\r\n\r\n" + body + "\r\n--b1--\r\n"
}

// TestUnpack: the files of archives and mails come out under the names that their
// senders see, whatever the encoding.
func TestUnpack(t *testing.T) {
	const name = "统计表（终期）.xlsx"
	raw := gbk(t, name)
	percent := ""
	for _, b := range []byte(raw) {
		percent += fmt.Sprintf("%%%02X", b)
	}
	body := base64.StdEncoding.EncodeToString([]byte("content"))
	attachment := func(disposition string) []byte {
		return []byte(mailWith("Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "+disposition+"\r\nContent-Transfer-Encoding: base64", body[:5]+"\r\n"+body[5:]))
	}
	word := base64.StdEncoding.EncodeToString([]byte(raw))
	mails := map[string][]byte{
		"raw GBK":              attachment(`filename="` + raw + `"`),
		"UTF-8":                attachment(`filename="` + name + `"`),
		"without quotes":       attachment("filename=" + raw),
		"RFC 2231":             attachment("filename*=gb18030''" + percent),
		"RFC 2231 in parts":    attachment("filename*0*=gbk''" + percent[:12] + ";\r\n filename*1*=" + percent[12:]),
		"both, the longer":     attachment(`filename="tongji.xlsx"; filename*=GB18030''` + percent),
		"RFC 2047":             attachment(`filename="=?gb2312?B?` + word + `?="`),
		"name of Content-Type": []byte(mailWith("Content-Type: application/vnd.ms-excel; name=\"=?GBK?B?"+word+"?=\"\r\nContent-Transfer-Encoding: base64", body)),
		"quoted-printable":     []byte(mailWith("Content-Type: text/csv; name=\""+raw+"\"\r\nContent-Transfer-Encoding: quoted-printable", "con=\r\ntent")),
		"a path":               attachment(`filename="C:\Users\x\` + name + `"`),
	}
	for what, data := range mails {
		files, err := Unpack("来信.eml", data)
		if err != nil || len(files) != 2 || files[0].Name != "来信.txt" || string(files[0].Data) != "请收" || files[1].Name != name || string(files[1].Data) != "content" {
			t.Errorf("%s: %+v %v", what, files, err)
		}
	}
	for what, data := range map[string][]byte{
		"GBK":            zipOf(t, raw, nil, "content"),
		"UTF-8":          packed(name, "content"),
		"a unicode path": zipOf(t, "?????.xlsx", unicodePath("?????.xlsx", name), "content"),
		"backslashes":    packed("..\\"+name, "content", "__MACOSX/._x", "y", "文件夹/", ""),
		"the root":       packed("/"+name, "content"),
		"archives in a mail in an archive": packed("a.eml", string(mailWith("Content-Type: application/zip; name=\"b.zip\"\r\nContent-Transfer-Encoding: base64",
			base64.StdEncoding.EncodeToString(zipOf(t, raw, nil, "content"))))),
	} {
		files, err := Unpack("a.zip", data)
		if err != nil || len(files) == 0 || files[len(files)-1].Name != name || string(files[len(files)-1].Data) != "content" {
			t.Errorf("%s: %+v %v", what, files, err)
		}
	}
}

// TestUnpackBounds: what is nested too deep, damaged or no mail is an error.
func TestUnpackBounds(t *testing.T) {
	nested := []byte("x")
	name := "x.txt"
	for range 4 {
		nested, name = packed(name, string(nested)), "a.zip"
	}
	for what, c := range map[string]Embedded{
		"four archives deep": {Name: name, Data: nested},
		"no mail":            {Name: "a.eml", Data: []byte("\x00\x01")},
		"cut short":          {Name: "a.eml", Data: []byte(strings.TrimSuffix(mailWith("Content-Type: text/csv; name=a.csv", "x"), "\r\n--b1--\r\n"))},
		"a damaged archive":  {Name: "a.zip", Data: []byte("PK\x03\x04x")},
		"too big":            {Name: "a.zip", Data: packed("a", strings.Repeat("x", maxUnpacked+1))},
	} {
		if files, err := Unpack(c.Name, c.Data); err == nil && (len(files) != 1 || files[0].Err == nil) {
			t.Errorf("%s: %d files", what, len(files))
		}
	}
	if files, err := Unpack("a.csv", []byte("x")); err != nil || len(files) != 1 {
		t.Error("another file is returned as it is", files, err)
	}
}

// TestUnpackFaults: a file that cannot be read stops no other, and one in a mail has
// the time at which that was sent.
func TestUnpackFaults(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	mail := "Date: Fri, 25 Nov 2022 18:30:00 +0800\r\n" + mailWith("Content-Type: text/csv; name=c.csv", "c")
	for _, f := range []zip.FileHeader{{Name: "a.csv"}, {Name: "locked.csv", Flags: 1}, {Name: "broken.zip"}, {Name: "m.eml"}, {Name: "z.csv"}} {
		w, err := z.CreateHeader(&f)
		if err != nil {
			t.Fatal(err)
		}
		content := "x"
		switch f.Name {
		case "broken.zip":
			content = "PK\x03\x04x"
		case "m.eml":
			content = mail
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := Unpack("a.zip", b.Bytes())
	var got []string
	for _, f := range files {
		got = append(got, fmt.Sprint(f.Name, " ", f.Err != nil, " ", f.Sent.UTC().Format("2006-01-02 15:04")))
	}
	const never = "0001-01-01 00:00"
	want := []string{"a.csv false " + never, "locked.csv true " + never, "broken.zip true " + never, "m.txt false 2022-11-25 10:30", "c.csv false 2022-11-25 10:30", "z.csv false " + never}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %q, want %q", err, got, want)
	}
}

// FuzzUnpack: whatever comes in, unpacking ends without a panic, and no name leads
// out of a folder.
func FuzzUnpack(f *testing.F) {
	f.Add("a.zip", packed("a", "x"))
	f.Add("a.eml", []byte(mailWith("Content-Type: text/csv; name*=gbk''%c4%e3", "x")))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name != "a.zip" {
			name = "a.eml"
		}
		files, _ := Unpack(name, data)
		for _, file := range files {
			if strings.HasPrefix(file.Name, "/") || strings.Contains("/"+file.Name+"/", "/../") {
				t.Errorf("%q", file.Name)
			}
		}
	})
}
