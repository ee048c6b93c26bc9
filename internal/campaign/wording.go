package campaign

// Term is an entry of the list of wrong words, the campaign's own
// (data/wording.yaml) or a built-in one.
type Term struct {
	Wrong  string   // 误
	Right  string   // 正: what to write instead, "" where the word is only to go
	Level  Level    // 级别: 错误 or 提醒
	Why    string   // 说明
	Except []string // 除外: longer words that hold the wrong one and are right
}

// Wording holds terms by the first character of the wrong word, so that a text
// is gone through once whatever their number.
type Wording map[rune][]Term

// ProtectedTerm is a name or a fixed phrase that must stand exactly as it is:
// 保护用语 of data/wording.yaml, or a built-in one.
type ProtectedTerm struct {
	Text   string   // 词
	Person bool     // 类型: 人名
	Level  Level    // 级别: 错误 or 提醒
	Titles []string // 职务: near misses count only beside one of these
	Wrong  []string // 误: wrong forms that are no near misses
	Why    string   // 说明
	Except []string // 除外: words that look like a near miss and are right
}
