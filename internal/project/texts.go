package project

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/handover"
	"wangjian/internal/head"
	"wangjian/internal/source"
)

// handed are the kinds of texts that the superior office can take over.
var handed = []campaign.Kind{campaign.Narratives, campaign.Cases, campaign.Warnings, campaign.Galleries}

// texts adds the Markdown of the texts that can be taken over, with their files, and
// lists them.
func (s *submitting) texts(files fs.FS) (list []handover.Text) {
	for _, kind := range handed {
		for _, i := range s.view.ItemsOf(kind) {
			if i.Region != nil || s.view.IsTakenDown(i) {
				continue
			}
			t, text, err := s.textOf(files, i)
			if err != nil {
				s.note("“%s”没有放进可以取用的内容：%s", i.Title, err)
				continue
			}
			s.add(t.File, i.Kind.Chinese()+"：“"+i.Title+"”，供取用", func(w io.Writer) error {
				_, err := w.Write(text)
				return err
			})
			list = append(list, t)
		}
	}
	return list
}

// textOf returns a text as it goes out. Its files are named after it, beside it.
func (s *submitting) textOf(files fs.FS, i *campaign.Item) (handover.Text, []byte, error) {
	name, slug := string(i.Kind)+"/"+i.Slug, i.Slug
	t := handover.Text{Kind: i.Kind.Chinese(), Title: i.Title}
	if i.Kind == campaign.Narratives {
		t.Round, t.Department = i.Round.Code, i.Department.Code
		name = string(i.Kind) + "/" + i.Round.Code + "/" + i.Department.Code
		t.Title = i.Department.Short + i.Round.Name + i.Kind.Chinese()
	}
	t.Name, t.File = name, dataFolder+"/内容/"+name+".md"
	body, err := s.plainBody(i)
	if err != nil {
		return t, nil, err
	}
	raw, err := fs.ReadFile(files, i.File)
	if err != nil {
		return t, nil, err
	}
	text, err := source.Decode(raw)
	if err != nil {
		return t, nil, err
	}
	renamed := map[string]string{} // as the head writes it
	for n, file := range i.Files() {
		a := handover.Attachment{Name: fmt.Sprintf("%s-%d%s", slug, n+1, s.view.Ending(file)), File: s.copied[file]}
		if a.File == "" {
			ending := s.view.Ending(file)
			a.File = path.Dir(t.File) + "/" + a.Name
			s.copy(strings.TrimSuffix(a.File, ending), i.Kind.Chinese()+"“"+i.Title+"”的附件", file)
		}
		for written := range writtenAs(i, file) {
			body = replaceTarget(body, written, a.Name)
			if bytes.Contains(body, []byte("("+written)) {
				return t, nil, fmt.Errorf("“%s”的写法特别", written)
			}
			renamed[written] = a.Name
		}
		t.Attached = append(t.Attached, a)
	}
	out, err := head.Edit(text, func(root *yaml.Node) {
		head.Drop(root, handover.IsOfSender)
		head.Replace(root, renamed)
	})
	if err != nil {
		return t, nil, err
	}
	before, _, _ := bytes.Cut(out[len("---\n"):], []byte("\n---\n"))
	return t, slices.Concat([]byte("---\n"), before, []byte("\n---\n"), body), nil
}

// writtenAs lists how an item writes the path of a file that goes out with it.
func writtenAs(i *campaign.Item, file string) map[string]bool {
	written := map[string]bool{}
	dir := path.Dir(i.File) + "/"
	if rest, ok := strings.CutPrefix(file, dir); ok {
		written[rest] = true
	}
	for _, l := range i.Body.Links {
		if l.Attached() == file {
			written[l.Target] = true
		}
	}
	return written
}

// replaceTarget has links and pictures of a text lead to another file.
func replaceTarget(body []byte, from, to string) []byte {
	for _, form := range []string{"](%s)", "](<%s>)", "](%s ", "](<%s> "} {
		now := strings.NewReplacer("<", "", ">", "").Replace(form)
		body = bytes.ReplaceAll(body, fmt.Appendf(nil, form, from), fmt.Appendf(nil, now, to))
	}
	return body
}

// toItem is a link to another text of the campaign.
var toItem = regexp.MustCompile(`(^|[^!])\[([^\[\]]*)\]\(<?[^()\s<>]*\.md(?:#[^()\s]*)?>?\)`)

// plainBody returns the text of an item with the figures that it cites written out and
// without its charts, tables and links to other texts: none of them means the same in
// another campaign.
func (s *submitting) plainBody(i *campaign.Item) ([]byte, error) {
	body, err := s.view.Body(i)
	if err != nil {
		return nil, err
	}
	for _, ref := range i.Body.References {
		text := ""
		if ref.Kind == campaign.FigureReference {
			cited, err := s.stats.Cite(ref, i)
			if err != nil {
				return nil, err
			}
			text = cited.Text
		}
		body = bytes.ReplaceAll(body, []byte("{{"+ref.Raw+"}}"), []byte(text))
	}
	if bytes.Contains(body, []byte("{{")) {
		return nil, errors.New("里面的 {{…}} 写不成数")
	}
	return toItem.ReplaceAll(body, []byte("$1$2")), nil
}
