package main

import (
	"bytes"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// noted adds what a kind of text wants thought for, and the keys that it may
// have beside those that are there, to a text's head as its last lines, each a
// comment.
func noted(kind campaign.Kind, text []byte) []byte {
	table := format.Front(kind)
	head, body, whole := bytes.Cut(text, []byte("\n---\n"))
	if table == nil || !whole {
		return text
	}
	more := table.Names(func(k format.Key) bool { return !k.Required && !bytes.Contains(head, []byte("\n"+k.Name+":")) })
	var lines bytes.Buffer
	for line := range strings.SplitSeq(table.Note+"\n还可以写："+strings.Join(more, "、"), "\n") {
		lines.WriteString("\n# " + line)
	}
	return bytes.Join([][]byte{head, lines.Bytes(), []byte("\n---\n"), body}, nil)
}
