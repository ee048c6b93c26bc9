package main

import (
	"bytes"
	"strings"
)

// notes says for each folder under content what its texts are and which keys
// want thought; `new` writes it into every text's head.
var notes = map[string]string{
	"narratives": `工作总结：文件夹是期次，文件名是部门代号；县（市、区）的放在部门文件夹里，文件名是地区代码。
正文的四个二级标题不要改：经验做法、行动成效、存在问题、下一步打算。
“报送部分”一节只随报送稿，不上网。
数字尽量引用统计表，不手写，写法见使用说明；能放的图由 wangjian chart list 列出。`,
	"cases": `典型案例：当事人隐名写“某”，罚没款的单位是万元，处罚决定书放在同一文件夹。
有效期至：公示期满的日子，三个月到三年，到期由程序撤下。
提前撤下时加一行：停止公示: {日期: 2023-01-01, 原因: 信用修复}`,
	"warnings": `消费警示：摘要会出现在首页和分享图上，写一句能单独读懂的话。`,
	"open": `信息公开文件：索引号一经公布不再改；失效、废止的改“有效性”，不要删文件。
附件放在同一文件夹，程序看不懂的附件（如扫描件）人看过后加一行：附件已核: true`,
	"pages":   `专栏自己的说明页，如关于本专栏、联系我们。`,
	"gallery": `影像资料：每张都要有说明；人看过、可以公开的才写“已核”。原图不上网，拍摄地点等信息由程序去掉。`,
}

// everywhere holds for every kind of text.
const everywhere = `公开方式：主动公开、依申请公开、不予公开；只有主动公开、审核齐全、到了发布日期的才上网。
发布日期：第一次公布的日子，可以写到几点几分，到那一刻才公开；公布以后改过的加一行：更新日期: 2023-01-01
审核：初审、复审、终审三个人先后签，保密审查在初审和终审之间；签名可以用 wangjian sign 写，人名不上网。`

// noted adds the notes to a text's head as its last lines, each a comment.
func noted(folder string, text []byte) []byte {
	note, ok := notes[folder]
	head, body, whole := bytes.Cut(text, []byte("\n---\n"))
	if !ok || !whole {
		return text
	}
	var lines bytes.Buffer
	for line := range strings.SplitSeq(note+"\n"+everywhere, "\n") {
		lines.WriteString("\n# " + line)
	}
	return bytes.Join([][]byte{head, lines.Bytes(), []byte("\n---\n"), body}, nil)
}
