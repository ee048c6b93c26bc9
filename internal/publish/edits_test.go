//go:build whole

package publish

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/chart"
	"wangjian/internal/project"
	"wangjian/internal/release"
	"wangjian/internal/site"
	"wangjian/internal/soak"
	"wangjian/internal/stats"
	"wangjian/layouts"
	"wangjian/tools/corpus"
)

// TestEditsGiveWhatACleanBuildGives: after any row of edits the site that was
// brought up to date holds, byte for byte, what a build without a memory makes;
// and a program that goes on running, as the preview does, has read the same.
func TestEditsGiveWhatACleanBuildGives(t *testing.T) {
	seeds, edits := soak.Count(1, 8), soak.Count(20, 200)
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { newEdited(t, uint64(seed)).run(edits) })
	}
}

// TestEditsWithPapers is the same with the papers, which take most of the time.
func TestEditsWithPapers(t *testing.T) {
	edits := soak.Count(8, 40)
	c := newEdited(t, 20220921)
	c.papers = true
	c.run(edits)
}

// TestSizesFollowThePapers: a paper that is made again has the pages that name its
// size made again, and no others for that.
func TestSizesFollowThePapers(t *testing.T) {
	c := newEdited(t, 1)
	c.papers = true
	c.build("at first")
	const narrative = "content/narratives/q2/chengguan.md"
	c.write(narrative, c.pristine[narrative]+strings.Repeat("\n每天下午四点半起在校门口疏导，劝摊贩到点位经营。\n", 40))
	c.build("a longer narrative")
	why := map[string]string{}
	for _, f := range c.last.Anew {
		why[f.Path] = f.Why
	}
	report, err := os.Stat(filepath.Join(c.target, "report.pdf"))
	must(t, err)
	kilobytes := (report.Size() + 1023) / 1024
	plain := strings.NewReplacer("<wbr>", "", "\u00a0", " ").Replace
	for page, says := range map[string]string{"index.html": "工作总结（PDF，%d KB）", "statistics/index.html": "PDF，%d KB，供阅读和印发", "sitemap/index.html": "工作总结（PDF，%d KB）"} {
		if says = fmt.Sprintf(says, kilobytes); !strings.Contains(plain(readTree(t, c.target)[page]), says) {
			t.Errorf("%s does not say %s", page, says)
		}
	}
	if got := why["statistics/index.html"]; !strings.HasPrefix(got, whySize+"report") {
		t.Errorf("the page of the figures is made again: %s", got)
	}
	if why["cases/index.html"] != "" {
		t.Errorf("the cases are made again: %s", why["cases/index.html"])
	}
}

func (c *edited) run(edits int) {
	c.build("at first")
	for n := range edits {
		what := c.edit()
		c.build(fmt.Sprintf("edit %d, %s", n+1, what))
	}
	c.Logf("%d edits: %d builds, %d of them refused for findings, %d with nothing to do; %d of %d files were not rendered again",
		edits, c.builds, c.refused, c.idle, c.reused, c.files)
	if c.reused*10 < c.files || c.idle == 0 && !c.papers || c.builds < edits/3 {
		c.Error("the edits show too little")
	}
}

// edited is a campaign that is edited and built again and again.
type edited struct {
	*testing.T
	rand         *rand.Rand
	root, target string
	pristine     tree
	date         string
	previous     tree // before the last edit, to take it back
	project      *project.Project
	papers       bool // whether they are published

	last Result

	builds, refused, idle, reused, files int
}

func newEdited(t *testing.T, seed uint64) *edited {
	c := &edited{T: t, rand: rand.New(rand.NewPCG(seed, 8)), root: t.TempDir(), date: "2026-05-10"}
	c.target, c.project = filepath.Join(c.root, "public"), project.Open(c.root)
	must(t, os.CopyFS(c.root, os.DirFS("../review/testdata/campaign")))
	c.pristine = c.inputs()
	return c
}

func (c *edited) inputs() tree {
	all := tree{}
	for _, folder := range []string{"data", "content", "layouts"} {
		for name, text := range readTree(c, filepath.Join(c.root, folder)) {
			all[folder+"/"+name] = text
		}
	}
	return all
}

func (c *edited) name(file string) string { return filepath.Join(c.root, filepath.FromSlash(file)) }

func (c *edited) write(file, text string) {
	must(c.T, os.MkdirAll(filepath.Dir(c.name(file)), 0o755))
	must(c.T, os.WriteFile(c.name(file), []byte(text), 0o644))
}

// pick returns one of the campaign's files with the ending, below a folder.
func (c *edited) pick(folder, ending string) (file, text string) {
	now := c.inputs()
	var names []string
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if strings.HasPrefix(name, folder+"/") && strings.HasSuffix(name, ending) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		c.restore()
		return c.pick(folder, ending)
	}
	file = names[c.rand.IntN(len(names))]
	return file, now[file]
}

// restore restores the campaign as it was in the beginning.
func (c *edited) restore() {
	now := c.inputs()
	for name := range now {
		if _, ok := c.pristine[name]; !ok {
			must(c.T, os.Remove(c.name(name)))
		}
	}
	for name, text := range c.pristine {
		if now[name] != text {
			c.write(name, text)
		}
	}
}

// back takes the last edit back.
func (c *edited) back() {
	for name := range c.inputs() {
		if _, ok := c.previous[name]; !ok {
			must(c.T, os.Remove(c.name(name)))
		}
	}
	for name, text := range c.previous {
		c.write(name, text)
	}
}

// edit changes something by chance and says what.
func (c *edited) edit() string {
	c.previous = c.inputs()
	switch c.rand.IntN(44) {
	case 0, 1, 2, 3, 31, 32, 33, 34, 35, 36, 37: // the everyday edit
		file, text := c.pick("content", ".md")
		c.write(file, text+fmt.Sprintf("\n又查了%d次。\n", c.rand.IntN(1000)))
		return "a sentence more in " + file
	case 4: // as long as before, with the time that it had
		file, text := c.pick("content", ".md")
		info, err := os.Stat(c.name(file))
		must(c.T, err)
		c.write(file, strings.Replace(text, "。", "；", 1))
		must(c.T, os.Chtimes(c.name(file), info.ModTime(), info.ModTime()))
		return "a mark another in " + file
	case 5:
		file, text := c.pick("content", ".md")
		lines := strings.Split(text, "\n")
		at := c.rand.IntN(len(lines))
		c.write(file, strings.Join(slices.Delete(lines, at, at+1), "\n"))
		return fmt.Sprintf("line %d of %s deleted", at+1, file)
	case 6:
		file, text := c.pick("content/warnings", ".md")
		c.write(fmt.Sprintf("content/warnings/xin%d.md", c.rand.IntN(100)), strings.Replace(text, "标题: ", "标题: 再谈", 1))
		return "one more like " + file
	case 7:
		file, _ := c.pick("content", ".md")
		must(c.T, os.Remove(c.name(file)))
		return file + " deleted"
	case 8:
		file, text := c.pick("content/warnings", ".md")
		must(c.T, os.Remove(c.name(file)))
		c.write(path.Dir(file)+fmt.Sprintf("/gai%d.md", c.rand.IntN(100)), text)
		return file + " renamed"
	case 9:
		file, text := c.pick("data/q1", ".yaml")
		c.write(file, strings.Replace(text, ": 40\n", fmt.Sprintf(": 4%d\n", c.rand.IntN(10)), 1)+fmt.Sprintf("# %d\n", c.rand.IntN(10)))
		return "a figure another in " + file
	case 10:
		text := c.inputs()["data/campaign.yaml"]
		c.write("data/campaign.yaml", strings.Replace(text, "简称: 清河校园食安行动", fmt.Sprintf("简称: 清河校园食安行动%d", c.rand.IntN(10)), 1))
		return "the campaign's name another"
	case 11:
		file, text := c.pick("content", ".txt")
		c.write(file, text+"补\n")
		return "an attachment longer: " + file
	case 12:
		c.write("layouts/assets/own.css", fmt.Sprintf("/* %d */\n", c.rand.IntN(3)))
		return "a style of the office's own"
	case 13:
		raw, err := fs.ReadFile(layouts.Over(nil), "templates/warning.html")
		must(c.T, err)
		c.write("layouts/templates/warning.html", strings.Replace(string(raw), "</h1>", fmt.Sprintf("（%d）</h1>", c.rand.IntN(10)), 1))
		return "a template of the office's own"
	case 14:
		c.date = []string{"2026-05-10", "2026-05-10 08:00", "2026-05-06 08:59", "2026-05-06 09:30", "2026-05-06 10:00", "2026-06-02", "2027-06-01"}[c.rand.IntN(7)]
		return "another time, " + c.date
	case 16, 17:
		file, text := c.pick("content/warnings", ".md")
		c.write(file, strings.Replace(text, "---\n\n", fmt.Sprintf("---\n\n据统计第%d次。\n\n", c.rand.IntN(1000)), 1))
		return "another opening of " + file
	case 18, 19:
		file, text := c.pick("content/warnings", ".md")
		c.write(file, text+fmt.Sprintf("\n## 提示%d\n\n留心。\n", c.rand.IntN(1000)))
		return "one more heading in " + file
	case 20, 21:
		c.write("layouts/words.yaml", fmt.Sprintf("消费警示: 消费提示%d\n", c.rand.IntN(3)))
		return "a word of the interface another"
	case 22:
		c.write("layouts/style.yaml", fmt.Sprintf("accent: \"#1d4f9%d\"\n", c.rand.IntN(3)))
		return "a colour another"
	case 23:
		c.write("data/wording.yaml", fmt.Sprintf("用语:\n  - {误: 又查了%d, 正: 另查了}\n", c.rand.IntN(10)))
		return "a word that is wrong from now on"
	case 24:
		file, text := c.pick("content/narratives", ".md")
		must(c.T, os.Remove(c.name(file)))
		c.write(path.Dir(file)+"/"+[]string{"chengguan", "jiaoyu", "shichang"}[c.rand.IntN(3)]+".md", text)
		return file + " given to another department"
	case 25:
		file, _ := c.pick("data/q2", ".yaml")
		must(c.T, os.Remove(c.name(file)))
		return file + " deleted"
	case 26:
		text := c.inputs()["data/form.yaml"]
		c.write("data/form.yaml", strings.Replace(text, "名称: 检查学校食堂", fmt.Sprintf("备注: %d, 名称: 检查学校食堂", c.rand.IntN(3)), 1)+fmt.Sprintf("# %d\n", c.rand.IntN(10)))
		return "the form another"
	case 27:
		file, text := c.pick("data", "release.yaml")
		c.write(file, strings.Replace(text, "09:00", fmt.Sprintf("1%d:00", c.rand.IntN(10)), 1))
		return "another hour in " + file
	case 28:
		file, text := c.pick("content/open", ".csv")
		must(c.T, os.Remove(c.name(file)))
		name := fmt.Sprintf("qingdan%d.csv", c.rand.IntN(10))
		c.write("content/open/"+name, text)
		owner := c.inputs()["content/open/fangan.md"]
		c.write("content/open/fangan.md", strings.ReplaceAll(owner, path.Base(file), name))
		return "an attachment renamed to " + name
	case 29:
		c.write("content/pages/about.md", c.inputs()["content/pages/about.md"]+"\n见[方案](../open/fangan.md)和[清单](../open/qingdan.csv)。\n")
		return "a link more"
	case 15:
		c.spoil()
		return "a published file spoiled"
	default:
		switch c.rand.IntN(3) {
		case 0:
			file, text := c.pick("content", "")
			c.write(file, text)
			return file + " saved again"
		case 1:
			return "nothing"
		}
		c.restore()
		return "all as in the beginning"
	}
}

// spoil changes, removes or replaces a published file by hand.
func (c *edited) spoil() {
	site := slices.Sorted(maps.Keys(readTree(c, c.target)))
	file := filepath.Join(c.target, filepath.FromSlash(site[c.rand.IntN(len(site))]))
	switch {
	case filepath.Base(file) == SumsFile: // without it the folder is nobody's
	case c.rand.IntN(3) == 0:
		must(c.T, os.Remove(file))
	default:
		if info, err := os.Stat(file); err == nil && info.Size() > 0 {
			swapByte(c.T, file)
		}
	}
}

// checked returns the items without what only the check looks at.
func checked(items []*campaign.Item) (list []campaign.Item) {
	for _, i := range items {
		own := *i
		own.Body.Sentences, own.Body.Cited, own.PublicBody.Cited = nil, nil, nil
		list = append(list, own)
	}
	return list
}

// build brings the site up to date and compares it with a clean build. Where
// the edit was a mistake, the site stays as it was, and the edit is taken back.
func (c *edited) build(after string) {
	c.Helper()
	at, err := campaign.ParseInstant(c.date)
	must(c.T, err)
	folder := Folder{Target: c.target, Campaign: c.root}
	q := Options{Campaign: c.root, Program: os.Args[0], At: at, Asked: true}
	idle := folder.Begin(q) != nil
	campaignFolder, err := os.OpenRoot(c.root)
	must(c.T, err)
	defer campaignFolder.Close()
	today := func(*campaign.Campaign) campaign.Moment { return at }
	now := cache.Look(c.root)
	switch c.rand.IntN(8) {
	case 0, 1: // as builds do, one after the other
		c.project = project.Open(c.root)
		c.project.KeepOnDisk([sha256.Size]byte{8})
	case 2: // as a preview does
		c.project = project.Open(c.root)
	}
	result, err := c.project.Load(project.Options{Today: today, Now: now})
	must(c.T, err)
	anew := project.Read(campaignFolder.FS(), today)
	if !reflect.DeepEqual(result.Findings, anew.Findings) {
		c.Fatalf("after %s: with a memory\n%v\nwithout\n%v", after, result.Findings, anew.Findings)
	}
	if !reflect.DeepEqual(checked(result.Campaign.Items), checked(anew.Campaign.Items)) || digest(c, result.Whole) != digest(c, anew.Whole) || digest(c, result.Public) != digest(c, anew.Public) {
		c.Fatalf("after %s: with a memory the campaign is another", after)
	}
	if campaign.HasErrors(result.Findings) {
		if idle {
			c.Fatalf("after %s: there are findings, and yet nothing to do", after)
		}
		c.refused++
		c.back()
		return
	}
	files, err := result.Plan(result.Public, plainDrawer{})
	must(c.T, err)
	files = c.published(files)
	if idle {
		c.idle++
	} else {
		folder.Messages.Span = release.Unchanged(result.Campaign, result.At)
		done, err := folder.Publish(c.Context(), files)
		if err != nil {
			c.Fatalf("after %s: %v", after, err)
		}
		c.reused += done.Reused
		c.last = done
	}
	c.builds++
	c.files += len(files)
	var clean Memory
	files, err = anew.Plan(anew.Public, plainDrawer{})
	must(c.T, err)
	if _, err := Render(c.published(files), &clean, 0); err != nil {
		c.Fatalf("after %s: %v", after, err)
	}
	is := readTree(c, c.target)
	if _, wrong, err := CheckSums(c.target); err != nil || len(wrong) > 0 {
		c.Fatalf("after %s: sums: %v, %v", after, wrong, err)
	}
	for _, p := range clean.Paths() {
		want, _ := clean.File(p)
		if got, ok := is[p]; !ok || got != string(want) {
			c.Fatalf("after %s: %s is not what a clean build gives (there: %v)", after, p, ok)
		}
		delete(is, p)
	}
	if len(is) > 0 {
		c.Fatalf("after %s: too much: %q", after, slices.Sorted(maps.Keys(is)))
	}
}

// published leaves the papers out where they are not wanted.
func (c *edited) published(files []release.File) []release.File {
	return slices.DeleteFunc(files, func(f release.File) bool { return !c.papers && path.Ext(f.Path) == ".pdf" })
}

func digest(c *edited, v *release.View) [sha256.Size]byte {
	sum, err := v.Digest()
	must(c.T, err)
	return sum
}

// plainDrawer draws something that depends on all that it is given.
type plainDrawer struct{}

func (plainDrawer) Share(c card.Card) ([]byte, error)        { return fmt.Append(nil, "share", c), nil }
func (plainDrawer) Preview(c card.Card) ([]byte, error)      { return fmt.Append(nil, "preview", c), nil }
func (plainDrawer) Drawing(d *chart.Drawing) ([]byte, error) { return fmt.Append(nil, d.Marks), nil }

// TestEditOfASplitIndex: on a site whose search index is many files, an edit
// leaves most of them linked without a look, and all as a clean build has them.
func TestEditOfASplitIndex(t *testing.T) {
	root := t.TempDir()
	made := corpus.Make(corpus.Size{Name: "T", Regions: 18, Cases: 20, Warnings: 20})
	must(t, made.WriteCampaign(func(name, text string) error {
		file := filepath.Join(root, filepath.FromSlash(name))
		return errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644))
	}))
	day, err := campaign.ParseDate(corpus.Today)
	must(t, err)
	plan := func() []release.File {
		result := project.Read(os.DirFS(root), func(*campaign.Campaign) campaign.Moment { return day.Last() })
		book := stats.Of(result.Public)
		files, err := site.Files(result.Public, book, layouts.Over(nil), plainDrawer{})
		must(t, err)
		return files
	}
	build := func() Result {
		folder := Folder{Target: filepath.Join(root, "public"), Campaign: root}
		if folder.Begin(Options{Campaign: root, Program: os.Args[0], At: day.Last(), Asked: true}) != nil {
			t.Fatal("nothing to do")
		}
		done, err := folder.Publish(t.Context(), plan())
		must(t, err)
		return done
	}
	build()
	narrative := filepath.Join(root, "content/narratives/final", corpus.Departments[0].Code, made.Regions[3].Code+".md")
	text, err := os.ReadFile(narrative)
	must(t, err)
	must(t, os.WriteFile(narrative, append(text, "\n再查饕餮网店AB-7户。\n"...), 0o644))
	done := build()
	index, anew := 0, 0
	for _, f := range done.Anew {
		if strings.HasPrefix(f.Path, "search/data/") {
			anew++
		}
	}
	var clean Memory
	_, err = Render(plan(), &clean, 0)
	must(t, err)
	is := readTree(t, filepath.Join(root, "public"))
	for _, p := range clean.Paths() {
		if strings.HasPrefix(p, "search/data/") {
			index++
		}
		if want, _ := clean.File(p); is[p] != string(want) {
			t.Errorf("%s is not what a clean build gives", p)
		}
	}
	if index < 50 || anew < 2 || anew*3 > index {
		t.Errorf("of %d files of the index %d are made again", index, anew)
	}
}
