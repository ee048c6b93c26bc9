package collect

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/handover"
	"wangjian/internal/head"
	"wangjian/internal/inbox"
	"wangjian/internal/source"
)

// texts takes over the texts that a person has chosen, and keeps those that were taken
// over before.
func (p *Plan) texts() error {
	p.entry.Texts = slices.Clone(p.before().Texts)
	for _, name := range p.Told.Texts {
		n := slices.IndexFunc(p.Bundle.Data.Texts, func(t handover.Text) bool { return t.Name == name })
		if n < 0 {
			return fmt.Errorf("材料里没有“%s”这一篇：可以取用的有 %s", name, strings.Join(p.Texts(), "、"))
		}
		if err := p.takeOver(p.Bundle.Data.Texts[n]); err != nil {
			return err
		}
	}
	for _, taken := range p.entry.Texts {
		raw, err := p.Bundle.Read(p.fileOf(taken.Name))
		if err == nil && inbox.HashOf(raw) != taken.Digest {
			p.Notes = append(p.Notes, fmt.Sprintf("取用过的 %s 在这一份里改了，本活动的 %s 没有跟着改", taken.Name, taken.File))
		}
	}
	return nil
}

// Texts lists the names of the texts that can be taken over.
func (p *Plan) Texts() (names []string) {
	for _, t := range p.Bundle.Data.Texts {
		names = append(names, t.Name)
	}
	return names
}

func (p *Plan) fileOf(name string) string {
	for _, t := range p.Bundle.Data.Texts {
		if t.Name == name {
			return t.File
		}
	}
	return ""
}

// takeOver writes a text as one of the campaign's, not signed, with where it is from.
func (p *Plan) takeOver(t handover.Text) error {
	raw, err := p.Bundle.Read(t.File)
	switch {
	case err != nil:
		return fmt.Errorf("%s：%w", t.Name, err)
	case len(raw) > source.MaxFile || !utf8.Valid(raw):
		return fmt.Errorf("%s 太大，或不是 UTF-8", t.Name)
	}
	file, err := p.placeOf(t)
	if err != nil {
		return err
	}
	slug, stem := path.Base(t.Name), strings.TrimSuffix(path.Base(file), ".md")
	renamed := map[string]string{}
	for _, a := range t.Attached {
		rest, ok := strings.CutPrefix(a.Name, slug+"-")
		if why := campaign.NameFault(a.Name); why != "" || !ok || strings.ContainsAny(a.Name, `/\`) || path.Ext(a.Name) == ".md" {
			return fmt.Errorf("%s 的附件名“%s”不是 wangjian 写的样子", t.Name, a.Name)
		}
		data, err := p.Bundle.Read(a.File)
		if err != nil {
			return fmt.Errorf("%s：%w", t.Name, err)
		}
		renamed[a.Name] = stem + "-" + rest
		if err := p.writeNew(path.Dir(file)+"/"+renamed[a.Name], data); err != nil {
			return err
		}
		raw = bytes.ReplaceAll(raw, []byte("]("+a.Name), []byte("]("+renamed[a.Name]))
	}
	from := fmt.Sprintf("%s（%s报送材料）", p.Region.Name, p.Bundle.Data.Short)
	text, err := head.Edit(raw, func(root *yaml.Node) {
		head.Drop(root, handover.IsOfSender) // whatever the sender's program wrote
		head.Replace(root, renamed)
		if was := head.Value(root, "来源"); was != "" {
			from = was + "，" + from
		}
		head.Put(root, "来源", from)
	})
	if err != nil {
		return fmt.Errorf("%s：%w", t.Name, err)
	}
	if err := p.writeNew(file, text); err != nil {
		return err
	}
	p.entry.Texts = slices.DeleteFunc(p.entry.Texts, func(x campaign.CollectedText) bool { return x.Name == t.Name })
	original, err := p.Bundle.Read(t.File)
	p.entry.Texts = append(p.entry.Texts, campaign.CollectedText{File: file, Name: t.Name, Digest: inbox.HashOf(original)})
	return err
}

// placeOf is the campaign's file that a text becomes: its name has the region's in
// front, and a narrative is the region's own.
func (p *Plan) placeOf(t handover.Text) (string, error) {
	if t.Kind == campaign.Narratives.Chinese() {
		round, d := p.pairs.rounds[t.Round], p.pairs.departments[t.Department]
		if round == nil || d == nil {
			return "", fmt.Errorf("%s 的期次或部门在本活动里没有对应", t.Name)
		}
		return strings.TrimSuffix(campaign.NarrativeFile(round, d), ".md") + "/" + p.Region.Code + ".md", nil
	}
	slug := p.Region.Code + "-" + path.Base(t.Name)
	for _, kind := range []campaign.Kind{campaign.Cases, campaign.Warnings, campaign.Galleries} {
		if kind.Chinese() == t.Kind && campaign.IsSlug(slug) {
			return kind.Folder() + "/" + slug + ".md", nil
		}
	}
	return "", fmt.Errorf("“%s”不能用作文件名", t.Name)
}

// writeNew writes a file of a text that is not there yet, or that may be written over.
func (p *Plan) writeNew(file string, data []byte) error {
	is, err := p.state(file)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && (bytes.Equal(is, data) || p.Told.Replace):
		return p.set.Write(file, data)
	case err != nil:
		return err
	}
	return fmt.Errorf("已经有 %s，没有动它：要换，加 --replace", file)
}

// IsTaken reports whether a text was taken over, or is now.
func (p *Plan) IsTaken(name string) bool {
	return slices.ContainsFunc(p.entry.Texts, func(t campaign.CollectedText) bool { return t.Name == name })
}

// WasTaken reports whether a text was taken over before.
func (p *Plan) WasTaken(name string) bool {
	return slices.ContainsFunc(p.before().Texts, func(t campaign.CollectedText) bool { return t.Name == name })
}
