package head

import (
	"bytes"

	"gopkg.in/yaml.v3"
)

// Edit changes the head of a text as YAML and returns the text, without the comments
// of the head; ErrUnreadable where there is no head.
func Edit(text []byte, change func(root *yaml.Node)) ([]byte, error) {
	front, body, ok := split(string(text))
	var doc yaml.Node
	if !ok || yaml.Unmarshal([]byte(front), &doc) != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, ErrUnreadable
	}
	uncomment(&doc)
	doc.Content[0].Style = 0 // one key a line
	change(doc.Content[0])
	var b bytes.Buffer
	b.WriteString("---\n")
	w := yaml.NewEncoder(&b)
	w.SetIndent(2)
	if err := w.Encode(&doc); err != nil {
		return nil, ErrUnreadable
	}
	b.WriteString("---\n" + body)
	return b.Bytes(), nil
}

func uncomment(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, c := range n.Content {
		uncomment(c)
	}
}

// Drop takes keys out of a head, wherever they stand in it.
func Drop(n *yaml.Node, drop func(key string) bool) {
	if n.Kind == yaml.MappingNode {
		var kept []*yaml.Node
		for at := 0; at+1 < len(n.Content); at += 2 {
			if !drop(n.Content[at].Value) {
				kept = append(kept, n.Content[at], n.Content[at+1])
			}
		}
		n.Content = kept
	}
	for _, c := range n.Content {
		Drop(c, drop)
	}
}

// Value returns the value of a key of a head, "" for none.
func Value(root *yaml.Node, key string) string {
	for at := 0; at+1 < len(root.Content); at += 2 {
		if root.Content[at].Value == key {
			return root.Content[at+1].Value
		}
	}
	return ""
}

// Put sets a key of a head to a word; one that is new stands at the end.
func Put(root *yaml.Node, key, value string) {
	word := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	for at := 0; at+1 < len(root.Content); at += 2 {
		if root.Content[at].Value == key {
			root.Content[at+1] = word
			return
		}
	}
	root.Content = append(root.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, word)
}

// Replace has every word of a head that stands in a table become another one.
func Replace(n *yaml.Node, words map[string]string) {
	if n.Kind == yaml.MappingNode {
		for at := 1; at < len(n.Content); at += 2 {
			Replace(n.Content[at], words)
		}
		return
	}
	if now, ok := words[n.Value]; ok && n.Kind == yaml.ScalarNode {
		n.Value = now
	}
	for _, c := range n.Content {
		Replace(c, words)
	}
}
