//go:build whole

package publish

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/release"
	"wangjian/internal/site"
	"wangjian/internal/soak"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// Marks that stand in sources: one where no page ever shows it, one in what is
// held back.
const (
	sourceMark = "MKSOURCE"
	heldMark   = "MKHELD"
)

// TestHostileNames names sources in every way that there is, and in every place
// that a name can stand in: no byte of theirs comes out, neither for the public
// nor, but for what pages show, for the office; and whoever named one is told
// where. What is wrong is rendered all the same: the gate must hold by itself.
func TestHostileNames(t *testing.T) {
	rounds := soak.Count(25, 1000)
	told := 0
	for n := range rounds {
		h := &hostile{T: t, rand: rand.New(rand.NewPCG(uint64(n), 16)), root: t.TempDir()}
		h.lay()
		if h.try() {
			told++
		}
		if t.Failed() {
			t.Fatalf("round %d", n)
		}
	}
	if told*10 < rounds*9 {
		t.Errorf("only %d of %d rounds tried something", told, rounds)
	}
}

// hostile is a campaign in which somebody names what must not be published.
type hostile struct {
	*testing.T
	rand    *rand.Rand
	root    string
	what    string   // for messages
	targets []string // sources that can be named
}

func (h *hostile) write(name string, text []byte) {
	file := filepath.Join(h.root, filepath.FromSlash(name))
	must(h.T, os.MkdirAll(filepath.Dir(file), 0o755))
	must(h.T, os.WriteFile(file, text, 0o644))
}

func (h *hostile) read(name string) string {
	text, err := os.ReadFile(filepath.Join(h.root, filepath.FromSlash(name)))
	must(h.T, err)
	return string(text)
}

// lay lays out the small campaign with its sources marked, and copies of them
// under other names and in other encodings.
func (h *hostile) lay() {
	must(h.T, os.CopyFS(h.root, os.DirFS("../review/testdata/campaign")))
	item := strings.Replace(h.read("content/open/buyu.md"), "---\n", "---\n# "+sourceMark+"\n", 1)
	item = strings.Replace(item, "MARK不予正文", heldMark+"不予正文", 1)
	report := "# " + sourceMark + "\n" + strings.Replace(h.read("data/q3/jiaoyu.yaml"), "填报单位: ", "填报单位: "+heldMark, 1)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(item)
	must(h.T, err)
	for name, text := range map[string]string{
		"content/open/buyu.md": item, "data/q3/jiaoyu.yaml": report,
		"content/open/beifen.MD": item, "content/open/fuben.csv": item, "content/open/luyin.mp3": item, "content/open/zhaopian.jpg": item,
		"content/open/gb.txt": gb, "content/open/tongji.txt": report, "content/open/wendang.pdf": "%PDF-1.4\n" + item, "content/open/crlf.txt": strings.ReplaceAll(item, "\n", "\r\n"),
		"content/open/ziliao/x.csv": report, "content/open/.cang/a.csv": item, "content/.wangjian/a.csv": report,
		".wangjian/a.csv": item, "layouts/assets/ziji.css": "p{}", "layouts/words.yaml": "# " + sourceMark + "\n首页: 首页\n",
	} {
		h.write(name, []byte(text))
		if strings.Contains(text, sourceMark) {
			h.targets = append(h.targets, name)
		}
	}
	slices.Sort(h.targets)
}

func (h *hostile) pick(list ...string) string { return list[h.rand.IntN(len(list))] }

// spelled writes a path in one of its many ways, as a link from a file.
func (h *hostile) spelled(from, to string) string {
	up := strings.Repeat("../", strings.Count(from, "/"))
	name := up + to
	if path.Dir(from) == path.Dir(to) && h.rand.IntN(2) == 0 {
		name = path.Base(to)
	}
	for range h.rand.IntN(3) {
		switch h.rand.IntN(5) {
		case 0:
			name = "./" + name
		case 1:
			name = "x/../" + name
		case 2:
			name = strings.Replace(name, "/", "//", 1)
		case 3:
			name = strings.Replace(name, "../", ".././", 1)
		case 4:
			name = "../" + path.Base(path.Dir(from)) + "/" + name
		}
	}
	var b strings.Builder
	cases, codes := h.rand.IntN(3) == 0, h.rand.IntN(3) == 0
	for _, c := range name {
		s := string(c)
		if cases && h.rand.IntN(3) == 0 {
			s = strings.ToUpper(s)
		}
		if codes && h.rand.IntN(4) == 0 {
			s = fmt.Sprintf("%%%02x", s)
		}
		b.WriteString(s)
	}
	name = b.String()
	switch h.rand.IntN(12) {
	case 0:
		name = url.PathEscape(name)
	case 1:
		name = strings.ReplaceAll(name, "/", `\`)
	case 2:
		name = strings.ReplaceAll(name, ".", "%252e")
	}
	return name + h.pick("", "", "", "?", "?v", "?v:1", "#", "#a", "?v#a:b", "%3Fv", "%23a", "%00", ".", "%20", "::$DATA")
}

// linked puts a chain of symbolic links before a file.
func (h *hostile) linked(to string) string {
	for n := range 1 + h.rand.IntN(3) {
		link := h.pick("content/open/", "content/cases/", "content/pages/") + fmt.Sprintf("lian%d", n) + h.pick(".csv", ".txt", ".jpg", ".md", "")
		target := to
		if h.rand.IntN(4) == 0 { // by way of a folder
			folder := fmt.Sprintf("content/open/mulu%d", n)
			must(h.T, os.Symlink(filepath.FromSlash("../../"+path.Dir(to)), filepath.Join(h.root, filepath.FromSlash(folder))))
			target = folder + "/" + path.Base(to)
		}
		if err := os.Symlink(filepath.FromSlash("../../"+target), filepath.Join(h.root, filepath.FromSlash(link))); err != nil {
			h.Fatal(err)
		}
		to = link
	}
	return to
}

// try names a source somewhere and reports whether somebody is told.
func (h *hostile) try() bool {
	target := h.targets[h.rand.IntN(len(h.targets))]
	if h.rand.IntN(3) == 0 {
		target = h.linked(target)
	}
	const open, decided, shown = "content/open/fangan.md", "content/cases/guoqi-mianbao.md", "content/gallery/x.md"
	quoted := func(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
	where := open
	switch h.rand.IntN(7) {
	case 0, 1:
		h.what = h.spelled(open, target)
		h.write(open, []byte(strings.Replace(h.read(open), "附件: [qingdan.csv]", "附件: [qingdan.csv, "+quoted(h.what)+"]", 1)))
	case 2:
		where, h.what = decided, h.spelled(decided, target)
		h.write(decided, []byte(strings.Replace(h.read(decided), "决定书: guoqi-mianbao.txt", "决定书: "+quoted(h.what), 1)))
	case 3:
		where, h.what = shown, h.spelled(shown, target)
		head := h.read(open)
		head = "---\n标题: 联合检查\n图片: []\n视频:\n  - {文件: a.mp4, 说明: 检查, 拍摄日期: 2026-05-01, 已核: true, " + h.pick("文字稿", "封面") + ": " + quoted(h.what) + "}\n" + head[strings.Index(head, "公开方式"):]
		h.write(shown, []byte(head))
	case 4:
		where, h.what = "layouts", target
		must(h.T, os.Symlink(filepath.FromSlash("../../"+target), filepath.Join(h.root, "layouts", "assets", h.pick("a.css", "icon.svg", "a.txt"))))
	default:
		h.what = h.spelled(open, target)
		h.write(open, fmt.Appendf(nil, "%s\n%s[见](<%s>)\n", h.read(open), h.pick("", "!"), h.what))
	}
	fsys := os.DirFS(h.root)
	day, err := campaign.ParseDate("2026-05-10")
	must(h.T, err)
	r := project.Read(fsys, func(*campaign.Campaign) campaign.Moment { return day.Last() })
	for name, v := range map[string]*release.View{"public": r.Public, "whole": r.Whole} {
		for p, content := range anyway(v, layouts.Over(source.Layouts(fsys))) {
			if bytes.Contains(content, []byte(sourceMark)) || name == "public" && bytes.Contains(content, []byte(heldMark)) {
				h.Errorf("%s named in %s as %q: %s of the %s view holds it", target, where, h.what, p, name)
			}
		}
	}
	return slices.ContainsFunc(r.Findings, func(f campaign.Finding) bool {
		return f.Level == campaign.Error && (f.At.File == where && f.At.Line > 1 && f.At.Column > 0 || where == "layouts" && strings.HasPrefix(f.At.File, where)) && f.Hint != ""
	})
}

// anyway renders whatever a view has in spite of what is wrong with it.
func anyway(v *release.View, looks fs.FS) map[string][]byte {
	all := map[string][]byte{}
	files, err := site.Files(v, stats.Of(v), looks, plainDrawer{})
	if err != nil {
		return all
	}
	for _, f := range files {
		var b bytes.Buffer
		if f.Write(&b) == nil {
			all[f.Path] = b.Bytes()
		}
	}
	return all
}
