package desk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"path"
	"slices"
	"strings"
	"unicode"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/format"
	"wangjian/internal/head"
	"wangjian/internal/picture"
	"wangjian/internal/project"
	"wangjian/internal/source"
)

// typed is a text of a request with \n line ends, as browsers do not send it.
func (r *request) typed(name string) string {
	return strings.ReplaceAll(r.FormValue(name), "\r\n", "\n")
}

// written puts together what a person has typed: the whole text, or its head's fields
// and its body.
func (r *request) written(name string) (text string, form *head.Form, fields []head.Field, err error) {
	base := r.typed("base")
	if r.FormValue("as") == "text" {
		return endLine(r.typed("text")), nil, nil, nil
	}
	_, table := kindAt(name)
	if table == nil {
		return "", nil, nil, errors.New("这个文件没有表格，请照文字改")
	}
	if form, err = head.Parse(table, []byte(base)); err != nil {
		return "", nil, nil, err
	}
	fields = slices.Clone(form.Fields)
	for n := range fields {
		r.take(&fields[n], "f."+fields[n].Name)
	}
	return string(form.Write(fields, endLine(r.typed("body")))), form, fields, nil
}

func endLine(text string) string {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// take takes what was filled in for a field. A flag is sent only where it is set.
func (r *request) take(f *head.Field, id string) {
	if f.Type == format.Objects {
		var rows []head.Row
		for n := 0; r.Form.Has(fmt.Sprintf("%s.%d", id, n)); n++ {
			row := head.Row{}
			for _, k := range f.Of.Keys {
				one := head.Field{Key: k}
				r.take(&one, fmt.Sprintf("%s.%d.%s", id, n, k.Name))
				row = append(row, one)
			}
			if n < len(f.Rows) {
				row.Keep(f.Rows[n])
			}
			if !r.Form.Has(fmt.Sprintf("%s.%d.gone", id, n)) {
				rows = append(rows, row)
			}
		}
		f.Rows = rows
		return
	}
	f.Value = r.typed(id)
}

// saveText proposes a text as it was typed, with the files that were chosen for it.
func saveText(r *request) (answer, error) {
	name := r.value("file")
	if why := uneditable(name); why != "" {
		return nil, errors.New(why)
	}
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	base := r.typed("base")
	text, form, fields, err := r.written(name)
	if err != nil {
		return nil, err
	}
	raw, err := fs.ReadFile(l.Files, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("读不出 %s：%w", name, err)
	}
	now, err := source.Decode(raw)
	if err != nil {
		return nil, err
	}
	set := change.Of(l.Files)
	var words []string
	if string(now) != base {
		merged, clean := change.Merge([]byte(base), []byte(text), now)
		if !clean {
			return r.conflict(l, name, base, text, string(now), string(merged))
		}
		text, form = string(merged), nil
		words = append(words, "打开以后，别的窗口或程序也改过这个文件。两边改的不在一处，已经合在一起，请看一遍。")
	}
	if change.IsMerged(text) {
		return nil, errors.New("还有两边都在的地方没有选：找到“<<<<<<<”那几行，留下要的，删去记号再保存")
	}
	if text, err = r.addFiles(set, name, text, form, fields); err != nil {
		return nil, err
	}
	if len(raw) > 0 {
		err = set.Replace(name, raw, source.EncodeAs(raw, []byte(text)))
	} else {
		err = set.Write(name, []byte(text))
	}
	if err != nil {
		return nil, err
	}
	next := address("edit", "file", name)
	if r.FormValue("as") == "text" {
		next = address("edit", "file", name, "as", "text")
	}
	if set.IsEmpty() {
		return nil, errNothing
	}
	return proposal{title: "改写 " + titleOfText(l, name), set: set, done: "已保存 " + titleOfText(l, name), next: next, words: append(words, signedWords(l, set.Files())...)}, nil
}

func titleOfText(l *project.Loaded, name string) string {
	if i := l.Campaign.ItemAt(name); i != nil && i.Title != "" {
		return quoted(i.Title)
	}
	return name
}

// conflict shows both sides, and both in one text to choose from.
func (r *request) conflict(l *project.Loaded, name, base, mine, theirs, merged string) (answer, error) {
	o := &openText{File: name, Title: path.Base(name)}
	o.fill(l, theirs, true)
	o.Text, o.Line, o.CanForm = merged, 0, false
	difference := func(to string) []change.Line {
		f := change.File{Name: name, Old: []byte(base), New: []byte(to), There: true, Stays: true}
		return f.Lines()
	}
	o.Mine, o.Theirs = difference(mine), difference(theirs)
	return page{"edit", edited{Text: o}}, nil
}

// addFiles writes the files that came with a text beside it, and what refers to them
// into it.
func (r *request) addFiles(set *change.Set, name, text string, form *head.Form, fields []head.Field) (string, error) {
	if r.MultipartForm == nil {
		return text, nil
	}
	a := &adding{set: set, folder: path.Dir(name), stem: strings.TrimSuffix(path.Base(name), ".md")}
	kind, table := kindAt(name)
	if a.stem == "index" || kind == campaign.Narratives {
		a.stem = path.Base(a.folder) + "-" + a.stem
	}
	for n := range mostPhotos {
		for _, h := range r.MultipartForm.File[fmt.Sprintf("photo.%d", n)] {
			if err := a.photo(h, r.value(fmt.Sprintf("photo.%d.caption", n)), r.value(fmt.Sprintf("photo.%d.day", n)), r.FormValue(fmt.Sprintf("photo.%d.checked", n)) == "true"); err != nil {
				return "", err
			}
		}
	}
	for _, h := range r.MultipartForm.File["attachment"] {
		if err := a.attachment(h, r.value("attachment-name")); err != nil {
			return "", err
		}
	}
	if len(a.photos)+len(a.attached) == 0 {
		return text, nil
	}
	if form == nil {
		var err error
		if table == nil {
			return "", errors.New("图片和附件只能加在一篇内容里")
		}
		if form, err = head.Parse(table, []byte(text)); err != nil {
			return "", fmt.Errorf("图片和附件没有加上：%w", err)
		}
		fields = slices.Clone(form.Fields)
	}
	body := form.Body
	if r.FormValue("as") != "text" && form.Body != r.typed("body") && r.Form.Has("body") {
		body = endLine(r.typed("body"))
	}
	for n := range fields {
		body = a.refer(&fields[n], body, kind, r.FormValue("attachment-as") == "decision")
	}
	return string(form.Write(fields, body)), nil
}

// mostPhotos is how many photos come with one text.
const mostPhotos = 30

// adding is the files that come with a text.
type adding struct {
	set          *change.Set
	folder, stem string
	photos       []photo
	attached     []attached
}

type photo struct {
	file, caption, day string
	checked, video     bool
}

type attached struct{ file, words string }

// photo writes a photo or a video under a name of the text's. What it is, its own
// bytes say.
func (a *adding) photo(h *multipart.FileHeader, caption, day string, checked bool) error {
	data, err := dataOf(h)
	if err != nil || len(data) == 0 {
		return err
	}
	kind := picture.Sniff(data)
	ext := map[picture.Format]string{picture.JPEG: ".jpg", picture.PNG: ".png", picture.WebP: ".webp", picture.MP4: ".mp4"}[kind]
	switch {
	case ext == "":
		return fmt.Errorf("“%s”不是 JPEG、PNG、WebP 照片，也不是 MP4 视频。手机的 HEIC 照片先转成 JPEG；别的文件用“附件”上传", shownName(h))
	case caption == "":
		return fmt.Errorf("“%s”没有写说明：写一句照片里是什么，印在下面，也念给看不见的人听", shownName(h))
	}
	p := photo{file: a.free(a.stem, ext), caption: oneLine(caption), day: day, checked: checked, video: kind == picture.MP4}
	a.photos = append(a.photos, p)
	return a.set.Write(a.folder+"/"+p.file, data)
}

// attachment writes a file under its own name, as far as that is one for every disk.
func (a *adding) attachment(h *multipart.FileHeader, words string) error {
	data, err := dataOf(h)
	if err != nil || len(data) == 0 {
		return err
	}
	base := path.Base(strings.ReplaceAll(h.Filename, `\`, "/"))
	ext := strings.ToLower(path.Ext(base))
	stem := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_（）", r) {
			return r
		}
		return '-'
	}, strings.TrimSuffix(base, path.Ext(base))), "-")
	if r := []rune(stem); len(r) > 60 {
		stem = string(r[:60])
	}
	if stem == "" || campaign.NameFault(stem+ext) != "" {
		stem = a.stem + "-附件"
	}
	if ext == ".md" || ext == "" || campaign.NameFault("a"+ext) != "" {
		return fmt.Errorf("“%s”不能作附件：附件是 PDF、OFD、Word、Excel、文字文件等", shownName(h))
	}
	file := a.free(stem, ext)
	if words == "" {
		words = strings.TrimSuffix(file, ext)
	}
	a.attached = append(a.attached, attached{file, oneLine(words)})
	return a.set.Write(a.folder+"/"+file, data)
}

// free is a name that no file of the folder has.
func (a *adding) free(stem, ext string) string {
	for n := 1; ; n++ {
		name := stem + ext
		if n > 1 || slices.Contains([]string{".jpg", ".png", ".webp", ".mp4"}, ext) {
			name = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		taken := slices.ContainsFunc(a.names(), func(is string) bool { return campaign.FoldedName(is) == campaign.FoldedName(name) })
		if !taken {
			return name
		}
	}
}

func (a *adding) names() (list []string) {
	entries, _ := fs.ReadDir(a.set.FS(), a.folder)
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// refer writes what came into a field of the head, and returns the body with it.
func (a *adding) refer(f *head.Field, body string, kind campaign.Kind, decision bool) string {
	switch {
	case f.Name == "图片" || f.Name == "视频":
		for _, p := range a.photos {
			if p.video == (f.Name == "视频") {
				f.Rows = append(f.Rows, p.row(f.Of))
			}
		}
	case f.Name == "图片已核" && kind != campaign.Galleries && len(a.photos) > 0:
		all := true
		for _, p := range a.photos {
			body = endLine(body) + "\n![" + inBrackets(p.caption) + "](" + p.file + ")\n"
			all = all && p.checked
		}
		f.Value = ""
		if all {
			f.Value = "true"
		}
	case f.Name == "附件":
		for _, one := range a.attached {
			row := head.Row{}
			for _, k := range f.Of.Keys {
				row = append(row, head.Field{Key: k, Value: map[string]string{"文件": one.file, "名称": one.words}[k.Name]})
			}
			f.Rows = append(f.Rows, row)
		}
	case f.Name == "决定书" && decision && len(a.attached) > 0:
		f.Value = a.attached[0].file
		a.attached = a.attached[1:]
	case f.Name == "附件已核" && kind != campaign.Documents && !(kind == campaign.Cases && decision):
		for _, one := range a.attached {
			body = endLine(body) + "\n[" + inBrackets(one.words) + "](" + one.file + ")\n"
		}
	}
	return body
}

func (p photo) row(t *format.Table) (row head.Row) {
	values := map[string]string{"说明": p.caption, "拍摄日期": p.day, "文件": p.file}
	if p.checked {
		values["已核"] = "true"
	}
	for _, k := range t.Keys {
		row = append(row, head.Field{Key: k, Value: values[k.Name]})
	}
	return row
}

func dataOf(h *multipart.FileHeader) ([]byte, error) {
	f, err := h.Open()
	if err != nil {
		return nil, fmt.Errorf("“%s”没有传上来，请再选一次", shownName(h))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostText))
	return bytes.Clone(data), err
}

// shownName is a file's name as the person knows it.
func shownName(h *multipart.FileHeader) string {
	return oneLine(path.Base(strings.ReplaceAll(h.Filename, `\`, "/")))
}

// inBrackets writes words of a link or a picture.
func inBrackets(text string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "*", `\*`, "`", "\\`", "{", `\{`, "<", `\<`).Replace(text)
}
