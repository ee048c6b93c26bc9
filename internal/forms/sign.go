package forms

import (
	"errors"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
)

const (
	keySignoffs = "审核"
	keyReturned = "退回"
)

// Signature is what is written into a record of publication.
type Signature struct {
	campaign.Signed
	Fingerprint string
	Removed     []campaign.Stage // signatures that go
	Updated     campaign.Date    // 更新日期, zero to leave it
}

// Sign writes a signature into the front matter of a Markdown file, or into a
// release.yaml, and changes nothing else: comments, order and layout stay. A
// sign-off that is there is replaced.
func Sign(old []byte, markdown bool, s Signature) ([]byte, error) {
	return inFront(old, markdown, func(e *editor) error {
		if err := e.sign(s.Stage, s.node()); err != nil {
			return err
		}
		for _, stage := range s.Removed {
			e.remove(lookUp(e.root(), keySignoffs), string(stage))
		}
		if lookUp(e.root(), keyReturned) != nil {
			e.remove(e.root(), keyReturned)
		}
		if !s.Updated.IsZero() {
			e.set("更新日期", "发布日期", plainNode(s.Updated.String()))
		}
		return nil
	})
}

// Stop writes 停止公示 with its sign-off into the front matter of a Markdown file.
func Stop(old []byte, s campaign.Stopped) ([]byte, error) {
	return inFront(old, true, func(e *editor) error {
		e.set("停止公示", "发布日期", inBraces(
			textNode("日期"), plainNode(s.On.String()), textNode("原因"), textNode(s.Reason),
			textNode("签字"), inBraces(textNode("人"), textNode(s.By), textNode("日期"), plainNode(s.SignedOn.String()))))
		return nil
	})
}

// Return writes 退回 into the front matter of a Markdown file, or into a
// release.yaml.
func Return(old []byte, markdown bool, r campaign.Returned) ([]byte, error) {
	return inFront(old, markdown, func(e *editor) error {
		e.set(keyReturned, "发布日期", inBraces(
			textNode("环节"), textNode(string(r.Stage)), textNode("人"), textNode(r.By), textNode("日期"), plainNode(r.On.String()), textNode("意见"), textNode(r.Remark)))
		return nil
	})
}

// Restore takes 停止公示 out of the front matter of a Markdown file.
func Restore(old []byte) ([]byte, error) {
	return inFront(old, true, func(e *editor) error {
		e.remove(e.root(), "停止公示")
		return nil
	})
}

// Open writes 公开方式 and 发布日期 into the front matter of a Markdown file, or
// into a release.yaml, which may be empty.
func Open(old []byte, markdown bool, day string) ([]byte, error) {
	if len(old) == 0 && !markdown {
		old = []byte("审核: {}\n")
	}
	return inFront(old, markdown, func(e *editor) error {
		e.set("公开方式", "标题", plainNode(campaign.Proactive))
		e.set("发布日期", "公开方式", plainNode(day))
		return nil
	})
}

// inFront edits the front matter of a Markdown file, or a release.yaml.
func inFront(old []byte, markdown bool, edit func(*editor) error) ([]byte, error) {
	raw, err := source.Decode(old)
	if err != nil {
		return nil, err
	}
	text := string(raw)
	front, before, after := text, "", ""
	if markdown {
		start, end, ok := frontOf(text)
		if !ok {
			return nil, errors.New("开头没有用两行 --- 围起来的信息")
		}
		before, front, after = text[:start], text[start:end], text[end:]
	}
	e, err := newEditor("开头的信息", front)
	if err != nil {
		return nil, err
	}
	e.strict = true
	if err := edit(e); err != nil {
		return nil, err
	}
	if e.failed {
		return nil, errors.New("开头的信息写法特别，请照样例分行写")
	}
	return likeOld(old, before+e.text+after), nil
}

// frontOf returns where front matter starts and ends.
func frontOf(text string) (start, end int, ok bool) {
	const line = "---\n"
	if !strings.HasPrefix(text, line) {
		return 0, 0, false
	}
	for at := len(line); at < len(text); {
		next := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		if strings.TrimRight(text[at:next], " \t\n") == "---" {
			return len(line), at, true
		}
		at = next
	}
	return 0, 0, false
}

func (s Signature) node() *yaml.Node {
	return inBraces(textNode("人"), textNode(s.By), textNode("日期"), plainNode(s.On.String()), textNode("指纹"), textNode(s.Fingerprint))
}

func inBraces(pairs ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle, Content: pairs}
}

// sign puts a sign-off under 审核, after those that come before it.
func (e *editor) sign(stage campaign.Stage, with *yaml.Node) error {
	signs := lookUp(e.root(), keySignoffs)
	switch {
	case signs == nil && e.root().Style&yaml.FlowStyle != 0:
		return errors.New("开头的信息写在一行花括号里，请照样例分行写")
	case signs != nil && signs.Kind != yaml.MappingNode && (signs.ShortTag() != "!!null" || signs.Value != ""):
		return errors.New("“审核”不是一组“键: 值”")
	}
	if old := lookUp(signs, string(stage)); old != nil {
		e.replace(old, with, signs.Style&yaml.FlowStyle != 0)
		return nil
	}
	after := ""
	for n := 0; signs != nil && n+1 < len(signs.Content); n += 2 {
		if slices.Index(campaign.Stages, campaign.Stage(signs.Content[n].Value)) < slices.Index(campaign.Stages, stage) {
			after = signs.Content[n].Value
		}
	}
	e.add(keySignoffs, "", after, string(stage), with)
	return nil
}
