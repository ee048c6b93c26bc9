package intake

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"wangjian/internal/privacy"
)

// Bounds of what is unpacked.
const (
	maxParcelDepth = 3
	maxParcelFiles = 2000
	maxParcelRead  = (maxParcelDepth + 1) * maxUnpacked // bytes of all levels together
)

// parcel is an archive or a mail that is being unpacked, with those in it.
type parcel struct {
	files []Embedded
	size  int       // of the files
	read  int       // of them and of the archives and mails that they are in
	sent  time.Time // of the mail that is being unpacked
}

// Unpack returns the files in a zip archive or a saved mail (.eml), those in archives
// and mails within them too, under their decoded names; of a mail that has nothing
// attached, and of one that has, its words as a text. One that cannot be read stops no
// other: its error stands beside its name. Any other file is returned as it is.
func Unpack(name string, data []byte) ([]Embedded, error) {
	var p parcel
	if err := p.open(name, data, 0); err != nil {
		return nil, err
	}
	return p.files, nil
}

// inner unpacks a file of a parcel; what is wrong with it alone stands beside its
// name.
func (p *parcel) inner(name string, data []byte, err error, depth int) error {
	if err == nil {
		if err = p.open(name, data, depth+1); err == nil || errors.Is(err, errBounds) {
			return err
		}
	}
	if len(p.files) == maxParcelFiles {
		return errBounds
	}
	p.files = append(p.files, Embedded{Name: name, Sent: p.sent, Err: err})
	return nil
}

func (p *parcel) open(name string, data []byte, depth int) error {
	ext := strings.ToLower(path.Ext(name))
	isParcel := ext == ".zip" && bytes.HasPrefix(data, []byte(zipMagic)) || ext == ".eml"
	p.read += len(data)
	switch {
	case p.read > maxParcelRead:
		return errBounds
	case isParcel && depth == maxParcelDepth:
		return fmt.Errorf("%s 里一层套一层，超过 %d 层", name, maxParcelDepth)
	case isParcel && ext == ".zip":
		return p.zip(name, data, depth)
	case isParcel:
		return p.mail(name, data, depth)
	}
	if p.size += len(data); p.size > maxUnpacked || len(p.files) == maxParcelFiles {
		return errBounds
	}
	p.files = append(p.files, Embedded{Name: name, Data: data, Sent: p.sent})
	return nil
}

// zip unpacks an archive of files.
func (p *parcel) zip(name string, data []byte, depth int) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return fmt.Errorf("%s：%w", name, packError(ErrDamaged))
	}
	for _, f := range z.File {
		inner := safeName(zipName(f))
		switch {
		case strings.HasSuffix(strings.ReplaceAll(f.Name, `\`, "/"), "/") || isLitter(inner):
			continue
		case f.UncompressedSize64 > uint64(maxUnpacked-p.size):
			return errBounds
		}
		content, err := p.content(f)
		if err := p.inner(inner, content, err, depth); err != nil {
			return err
		}
	}
	return nil
}

// content returns the bytes of a file of an archive.
func (p *parcel) content(f *zip.File) ([]byte, error) {
	switch {
	case f.Flags&1 != 0:
		return nil, packError(ErrEncrypted)
	case !f.Mode().IsRegular():
		return nil, unreadable("这是一个链接或设备，不是文件")
	}
	r, err := f.Open()
	if err != nil {
		return nil, packError(ErrDamaged)
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, int64(maxUnpacked-p.size)+1))
	if err != nil {
		return nil, packError(ErrDamaged)
	}
	return content, nil
}

// isLitter knows what systems put beside files: macOS, and Windows' thumbnails.
func isLitter(name string) bool {
	base := path.Base(name)
	return len(name) > len("__MACOSX/") && strings.EqualFold(name[:len("__MACOSX/")], "__MACOSX/") || strings.HasPrefix(base, "._") ||
		strings.EqualFold(base, ".DS_Store") || strings.EqualFold(base, "Thumbs.db")
}

// zipName decodes the name of a file in an archive: UTF-8, what Info-ZIP writes
// beside it, or GB18030, which Windows writes in China.
func zipName(f *zip.File) string {
	const unicodePath = 0x7075
	for extra := f.Extra; len(extra) >= 4; {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if size > len(extra)-4 {
			break
		}
		field := extra[4 : 4+size]
		if id == unicodePath && size > 5 && field[0] == 1 && binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(f.Name)) && utf8.Valid(field[5:]) {
			return string(field[5:])
		}
		extra = extra[4+size:]
	}
	return decodedName(f.Name)
}

// decodedName returns a name as UTF-8 whose bytes may be GB18030.
func decodedName(name string) string {
	if text, err := Decode([]byte(name)); err == nil {
		return string(text)
	}
	return strings.ToValidUTF8(name, "〓")
}

// safeName makes a path that leads nowhere else of a name from outside.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || privacy.IsInvisible(r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// mail unpacks a saved mail.
func (p *parcel) mail(name string, data []byte, depth int) error {
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s 不是保存下来的邮件", name)
	}
	before := p.sent
	defer func() { p.sent = before }()
	p.sent, _ = m.Header.Date() // the mail before it stands for one that does not say
	if p.sent.IsZero() {
		p.sent = before
	}
	return p.entity(name, textproto.MIMEHeader(m.Header), m.Body, depth, 0)
}

// parts unpacks the parts of a mail, or of a part of it.
func (p *parcel) parts(mailName string, parts *multipart.Reader, depth, level int) error {
	for {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s 不完整，附件没有收全", mailName)
		}
		if err := p.entity(mailName, part.Header, part, depth, level+1); err != nil {
			return err
		}
	}
}

// entity unpacks a part of a mail, or the mail itself.
func (p *parcel) entity(mailName string, header textproto.MIMEHeader, body io.Reader, depth, level int) error {
	if level > 20 {
		return errBounds
	}
	kind, parameters := mediaType(header.Get("Content-Type"), "text/plain")
	if boundary := parameters["boundary"]; strings.HasPrefix(kind, "multipart/") && boundary != "" {
		return p.parts(mailName, multipart.NewReader(body, boundary), depth, level)
	}
	data, err := io.ReadAll(io.LimitReader(unwrapped(header.Get("Content-Transfer-Encoding"), body), maxUnpacked+1))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%s 不完整，附件没有收全", mailName)
	} else if err != nil {
		err = unreadable("附件的编码坏了，读不出来")
	}
	disposition, more := mediaType(header.Get("Content-Disposition"), "inline")
	file := safeName(path.Base("/" + strings.ReplaceAll(cmp.Or(more["filename"], parameters["name"]), `\`, "/")))
	switch {
	case file != "":
	case kind == "message/rfc822":
		file = fmt.Sprintf("%s 里的邮件%d.eml", strings.TrimSuffix(mailName, path.Ext(mailName)), len(p.files)+1)
	case disposition != "attachment" && strings.HasPrefix(kind, "text/"):
		file = strings.TrimSuffix(mailName, path.Ext(mailName)) + map[bool]string{true: ".html", false: ".txt"}[kind == "text/html"]
		data = inUTF8(data, parameters["charset"])
	default:
		file = fmt.Sprintf("附件%d", len(p.files)+1)
	}
	if err == nil && len(bytes.TrimSpace(data)) == 0 && disposition != "attachment" {
		return nil
	}
	return p.inner(file, data, err, depth)
}

// unwrapped undoes the encoding by which a part was sent.
func unwrapped(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &base64Reader{body})
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// base64Reader leaves out what is no base64: blanks, and what mail programs add.
type base64Reader struct{ r io.Reader }

func (b *base64Reader) Read(p []byte) (int, error) {
	for {
		n, err := b.r.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil || len(p) == 0 {
			return kept, err
		}
	}
}

// inUTF8 decodes a text of a named encoding.
func inUTF8(data []byte, charset string) []byte {
	if text, ok := decodedAs(charset, data); ok {
		return []byte(text)
	}
	if text, err := Decode(data); err == nil {
		return text
	}
	return data
}

// decodedAs decodes bytes of a named encoding; GB2312 and GBK are read as GB18030.
func decodedAs(charset string, data []byte) (string, bool) {
	switch charset = strings.ToLower(charset); charset {
	case "", "utf-8", "us-ascii":
		return string(data), utf8.Valid(data)
	case "gb2312", "gbk", "cp936", "x-gbk", "ms936":
		charset = "gb18030"
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return "", false
	}
	text, err := e.NewDecoder().Bytes(data)
	return string(text), err == nil
}

// words decodes what RFC 2047 encodes.
var words = mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return bytes.NewReader(inUTF8(data, charset)), nil
}}

// parameter is a parameter of a header field: name, its section, whether it is
// percent-encoded, and its value. A value without quotes may have blanks: mail
// programs of offices leave them out.
var parameter = regexp.MustCompile(`;\s*([A-Za-z][\w-]*)(?:\*(\d{1,2}))?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)`)

// mediaType reads a header field with parameters: their values decoded by RFC 2231,
// by RFC 2047, or as bytes of GB18030. The standard library refuses the last, and
// knows no other encodings.
func mediaType(field, otherwise string) (string, map[string]string) {
	kind, _, _ := strings.Cut(field, ";")
	if kind = strings.ToLower(strings.TrimSpace(kind)); kind == "" {
		kind = otherwise
	}
	type section struct {
		raw     strings.Builder
		encoded bool
	}
	sections := map[string]*section{}
	parameters := map[string]string{}
	for _, m := range parameter.FindAllStringSubmatch(field, -1) {
		name, value := strings.ToLower(m[1]), strings.TrimSpace(m[4])
		if strings.HasPrefix(value, `"`) {
			value = quotedPair.ReplaceAllString(strings.Trim(value, `"`), "$1")
		}
		if m[2] == "" && m[3] == "" {
			if parameters[name] == "" {
				parameters[name] = decodedWord(value)
			}
			continue
		}
		s := sections[name]
		if s == nil {
			s = &section{}
			sections[name] = s
		}
		if m[3] != "" {
			s.encoded = true
			if m[2] != "" && m[2] != "0" {
				value = percentDecoded(value)
			}
		}
		s.raw.WriteString(value)
	}
	for name, s := range sections { // these count for more
		parameters[name] = extended(s.raw.String(), s.encoded)
	}
	return kind, parameters
}

var quotedPair = regexp.MustCompile(`\\(["\\])`)

// percentDecoded leaves what is not rightly encoded as it is.
func percentDecoded(s string) string {
	if text, err := url.PathUnescape(s); err == nil {
		return text
	}
	return s
}

// extended decodes charset'language'percent-encoded.
func extended(value string, encoded bool) string {
	parts := strings.SplitN(value, "'", 3)
	if !encoded || len(parts) < 3 {
		return decodedName(percentDecoded(value))
	}
	raw := percentDecoded(parts[2])
	if text, ok := decodedAs(parts[0], []byte(raw)); ok {
		return text
	}
	return decodedName(raw)
}

// decodedWord decodes a value that has encoded words, or bytes of GB18030.
func decodedWord(value string) string {
	if text, err := words.DecodeHeader(value); err == nil && strings.Contains(value, "=?") {
		return text
	}
	return decodedName(value)
}
