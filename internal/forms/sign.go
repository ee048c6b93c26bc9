package forms

import (
	"errors"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

const keySignoffs = "审核"

// Sign writes a sign-off into the front matter of a Markdown file, or into a
// release.yaml, and changes nothing else: comments, order and layout stay. A
// sign-off that is there is replaced.
func Sign(old []byte, markdown bool, stage campaign.Stage, s campaign.Signoff) ([]byte, error) {
	text, err := decode(old)
	if err != nil {
		return nil, err
	}
	front, before, after := text, "", ""
	if markdown {
		start, end, ok := frontOf(text)
		if !ok {
			return nil, errors.New("开头没有用两行 --- 围起来的信息")
		}
		before, front, after = text[:start], text[start:end], text[end:]
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(front), &doc); err != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("开头的信息不是“键: 值”的 YAML，改不了")
	}
	if usesAliases(&doc) {
		return nil, errors.New("开头的信息用了 YAML 的引用（& 或 *），本格式不用")
	}
	e := newEditor(front, doc.Content[0])
	if err := e.sign(stage, signNode(s)); err != nil {
		return nil, err
	}
	signed, ok := e.spliced(&doc)
	if !ok {
		return nil, errors.New("“审核”的写法特别，请照样例分行写")
	}
	return likeOld(old, before+signed+after), nil
}

// frontOf gives where front matter starts and ends.
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

func signNode(s campaign.Signoff) *yaml.Node {
	pairs := []*yaml.Node{textNode("人"), textNode(s.By), textNode("日期"), plainNode(s.On.String())}
	if s.Fingerprint != "" {
		pairs = append(pairs, textNode("指纹"), textNode(s.Fingerprint))
	}
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle, Content: pairs}
}

// sign puts a sign-off under 审核, after those that come before it.
func (e *editor) sign(stage campaign.Stage, with *yaml.Node) error {
	e.changed = true
	signs := lookUp(e.root, keySignoffs)
	key := textNode(string(stage))
	line := string(stage) + ": " + nodeText(with)
	switch {
	case signs == nil:
		if e.root.Style&yaml.FlowStyle != 0 {
			return errors.New("开头的信息写在一行花括号里，请照样例分行写")
		}
		text := keySignoffs + ":\n  " + line + "\n"
		if e.text != "" && !strings.HasSuffix(e.text, "\n") {
			text = "\n" + text
		}
		e.edits = append(e.edits, edit{len(e.text), len(e.text), text})
		e.root.Content = append(e.root.Content, textNode(keySignoffs), &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{key, with}})
		return nil
	case signs.Kind == yaml.ScalarNode && signs.ShortTag() == "!!null" && signs.Value == "":
		// “审核:” with nothing: the sign-off goes on the next line.
		i := slices.Index(e.root.Content, signs)
		end := e.starts[e.root.Content[i-1].Line-1]
		if n := strings.IndexByte(e.text[end:], '\n'); n >= 0 {
			end += n
		} else {
			end = len(e.text)
		}
		e.edits = append(e.edits, edit{end, end, "\n  " + line})
		*signs = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{key, with}}
		return nil
	case signs.Kind != yaml.MappingNode:
		return errors.New("“审核”不是一组“键: 值”")
	}
	inFlow := signs.Style&yaml.FlowStyle != 0
	if old := lookUp(signs, string(stage)); old != nil {
		e.replace(old, with, inFlow)
		return nil
	}
	at := 0
	for n := 0; n+1 < len(signs.Content); n += 2 {
		if slices.Index(campaign.Stages, campaign.Stage(signs.Content[n].Value)) < slices.Index(campaign.Stages, stage) {
			at = n + 2
		}
	}
	place, text := -1, ""
	switch {
	case inFlow && at > 0:
		if from := e.offset(signs.Content[at-1]); from >= 0 {
			place, text = e.end(signs.Content[at-1], from, true), ", "+line
		}
	case inFlow:
		place, text = e.offset(signs)+1, line
		if len(signs.Content) > 0 {
			text += ", "
		}
	case at > 0:
		place, text = e.lineEnd(signs.Content[at-1]), "\n"+strings.Repeat(" ", signs.Content[0].Column-1)+line
	default:
		place, text = e.starts[signs.Content[0].Line-1], strings.Repeat(" ", signs.Content[0].Column-1)+line+"\n"
	}
	if place < 0 {
		e.unsure = true
		return nil
	}
	e.edits = append(e.edits, edit{place, place, text})
	signs.Content = slices.Insert(signs.Content, at, key, with)
	return nil
}
