package signing

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/project"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// Texts are the texts that were signed last, a stage each, in the campaign's cache:
// where one is lost, nothing but a difference can no longer be shown.
type Texts struct {
	folder *cache.Folder
	mu     sync.Mutex
	kept   map[string]string // the digest of what was kept, by key
}

// mostTexts is how many are kept.
const mostTexts = 20_000

// TextsOf returns the signed texts of the campaign in a folder.
func TextsOf(dir string) *Texts {
	return &Texts{folder: cache.NewFolder(dir, "signed", mostTexts), kept: map[string]string{}}
}

// Keep keeps the texts of a loaded campaign whose signatures count.
func (t *Texts) Keep(l *project.Loaded) {
	for _, s := range All(l.Campaign) {
		t.KeepOne(l, s, s.Record().Signoffs.With(campaign.Bound)...)
	}
}

// KeepOne keeps the text of a file for stages that are signed, or have just been.
func (t *Texts) KeepOne(l *project.Loaded, s Signable, stages ...campaign.Stage) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var text []byte
	for _, stage := range stages {
		key := keyOf(s.File, stage)
		if t.kept[key] == s.Record().Digest {
			continue
		}
		if text == nil {
			text = textOf(l, s)
		}
		if was, ok := t.folder.Get(key); !ok || !bytes.Equal(was, text) {
			t.folder.Put(key, text)
		}
		t.kept[key] = s.Record().Digest
	}
}

func keyOf(file string, stage campaign.Stage) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(file+"\n"+string(stage))))
}

// Changes is how a file differs from what was signed last at a stage, else at the
// last stage that has signed it; known is false where nobody knows what it was.
func (t *Texts) Changes(l *project.Loaded, s Signable, stage campaign.Stage) (lines []change.Line, since campaign.Stage, known bool) {
	latest := slices.Clone(campaign.Stages)
	slices.Reverse(latest)
	for _, since := range append([]campaign.Stage{stage}, latest...) {
		if was, ok := t.folder.Get(keyOf(s.File, since)); ok {
			f := change.File{Name: s.File, Old: was, New: textOf(l, s), There: true, Stays: true}
			return f.Lines(), since, true
		}
	}
	return nil, "", false
}

// textOf is what is signed of a file, as a person reads it.
func textOf(l *project.Loaded, s Signable) []byte {
	if s.Round != nil {
		return figuresOf(l, s.Round)
	}
	text := withoutSignatures(source.Lines(l.Files, s.File))
	for _, file := range s.Item.Files() {
		if raw, err := fs.ReadFile(l.Files, file); err == nil {
			text = fmt.Appendf(text, "随附文件 %s（%d 字节，校验值 %.12x）\n", file, len(raw), sha256.Sum256(raw))
		}
	}
	return text
}

// withoutSignatures leaves out of a text the keys that no signature covers.
func withoutSignatures(lines []string) []byte {
	var b bytes.Buffer
	inFront, left := true, false
	for n, line := range lines {
		switch {
		case n > 0 && strings.HasPrefix(line, "---"):
			inFront, left = false, false
		case inFront && line != "" && !strings.ContainsAny(line[:1], " \t#"):
			key, _, _ := strings.Cut(line, ":")
			left = slices.Contains(source.Unsigned, strings.TrimSpace(key))
		}
		if !left {
			b.WriteString(line + "\n")
		}
	}
	return b.Bytes()
}

// FigureLine is how the line of a figure begins in the text of a round: up to the
// colon.
func FigureLine(f *stats.Figure) string { return f.Name().Heading() + " " + f.Row.Unit }

// figuresOf lists a round's figures, a line each.
func figuresOf(l *project.Loaded, round *campaign.Round) []byte {
	var b bytes.Buffer
	for _, f := range l.Book.Figures() {
		if f.Round != round {
			continue
		}
		fmt.Fprintf(&b, "%s：%s", FigureLine(f), f.Quantity)
		if f.Remark != "" {
			fmt.Fprintf(&b, "　%s", f.Remark)
		}
		b.WriteByte('\n')
	}
	for _, x := range l.Campaign.CorrectionsIn(round) {
		fmt.Fprintf(&b, "更正 %s %s：%s → %s（%s）\n", x.On, x.Item, x.Old, x.New, x.Reason)
	}
	return b.Bytes()
}
