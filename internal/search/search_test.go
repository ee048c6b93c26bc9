package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// towns builds a campaign's worth of pages: each of so many characters of
// Chinese as common as in real text, with a county's name, a person's and some
// figures.
type corpus map[string]Text

func synthetic(pages, length int) ([]Entry, corpus) {
	random := rand.New(rand.NewPCG(1, 2))
	// A vocabulary whose words are used as unevenly as words are.
	characters := []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严")
	zipf := func(n int) int { return int(float64(n) * random.Float64() * random.Float64() * random.Float64()) }
	words := make([]string, 6000)
	for n := range words {
		for range 1 + random.IntN(3) {
			words[n] += string(characters[zipf(len(characters))])
		}
	}
	texts := corpus{}
	var entries []Entry
	for n := range pages {
		var b strings.Builder
		for count := 0; count < length; {
			w := words[zipf(len(words))]
			count += len([]rune(w))
			b.WriteString(w)
			switch random.IntN(12) {
			case 0:
				b.WriteString("，")
			case 1:
				b.WriteString("。 ")
			case 2:
				fmt.Fprintf(&b, "%d件", zipf(20000))
			}
		}
		path := fmt.Sprintf("regions/%06d/index.html", n*7)
		title := fmt.Sprintf("第%d县", n)
		entries = append(entries, Entry{Path: path, Title: title, Kind: []string{"典型案例", "地区情况", "消费警示"}[n%3], Departments: []string{"公安局", "林业局"}[:n%3], Date: fmt.Sprintf("2022-%02d-%02d", 1+n%12, 1+n%28)})
		texts[path] = Text{Words: title + " " + b.String()}
	}
	return entries, texts
}

func index(t testing.TB, entries []Entry, c corpus) *Index {
	t.Helper()
	var x *Index
	x, err := New(entries, func(path string) error { return x.Add(path, c[path], nil) })
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// substring takes a random piece of a text: of one character and more, without
// a line's end in it.
func substring(random *rand.Rand, text string) string {
	for {
		runes := []rune(text)
		from := random.IntN(len(runes))
		s := string(runes[from:min(len(runes), from+1+random.IntN(12))])
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
}

// TestSmallEditChangesFewFiles: an edit changes the files of the grams that come
// or go and of the page's text; a new page those of what it says, and of the few
// pages whose slots it takes.
func TestSmallEditChangesFewFiles(t *testing.T) {
	entries, texts := synthetic(1000, 200)
	before := written(t, index(t, entries, texts))
	changed := func(after map[string]string) (n int) {
		for name, file := range after {
			if before[name] != file {
				n++
			}
		}
		return n
	}
	edited := maps.Clone(texts)
	page := edited[entries[500].Path]
	page.Words += "霁霖"
	edited[entries[500].Path] = page
	if n := changed(written(t, index(t, entries, edited))); n == 0 || n > 6 {
		t.Errorf("two characters change %d of %d files", n, len(before))
	}
	more := append(slices.Clone(entries), Entry{Path: "cases/new/index.html", Title: "新", Kind: "典型案例"})
	edited["cases/new/index.html"] = Text{Words: "新 霁"}
	if n := changed(written(t, index(t, more, edited))); n == 0 || n > len(before)/5 {
		t.Errorf("a new page of three characters changes %d of %d files", n, len(before))
	}
}

func TestExtract(t *testing.T) {
	const page = `<html><body><p>外面</p><main id="_main"><nav><a href="x">目录</a></nav><h1>题 &amp; 目</h1>
<p title="a > b">第一<b>段</b>，<span class="unseen">看不见</span>有𬭎。</p><svg><text>图</text><svg></svg></svg>
<h2 id="甲">甲<small>小</small></h2><script>if (a < b) "</p>"</script><!-- <p>注</p> --><table><tr><td>1</td><td>2</td></tr></table>
<h3 id="b">乙</h3>完</main><p>外面</p></body></html>`
	got := Extract([]byte(page))
	const words = "题 & 目 第一段，有𬭎。 甲小 1 2 乙 完"
	if got.Words != words {
		t.Errorf("words %q, want %q", got.Words, words)
	}
	if want := []Anchor{{15, 2, "甲"}, {22, 1, "b"}}; !slices.Equal(got.Anchors, want) {
		t.Errorf("anchors %v, want %v", got.Anchors, want)
	}
}

func TestPostings(t *testing.T) {
	r := newReader(t, map[string]string{})
	r.run(t, `var split; wangjianSearch.put = function (name, make) { split = make({ parts: { index: {} } }); };`)
	r.run(t, script(t, "search-split.js"))
	random := rand.New(rand.NewPCG(5, 6))
	for _, density := range []int{2, 3, 10, 100, 5000} {
		var slots []int
		for s := range 20000 {
			if random.IntN(density) == 0 {
				slots = append(slots, s)
			}
		}
		text := string(appendPostings(nil, slots))
		r.vm.Set("list", text)
		got := r.run(t, `split.slots(list).join()`).String()
		if want := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(slots)), ","), "[]"); got != want {
			t.Errorf("one in %d: the script reads other slots", density)
		}
		if len(text) > 20000/6+2 {
			t.Errorf("one in %d takes %d bytes", density, len(text))
		}
	}
}

func TestMarkingFullWidth(t *testing.T) {
	texts := corpus{"a": {Words: "标题 拨打１２３１５热线㎡"}}
	r := newReader(t, written(t, index(t, []Entry{{Path: "a", Title: "标题", Kind: "页"}}, texts)))
	found := r.find(t, "12315 M2", "{}", "")
	if len(found.Pages) != 1 || fmt.Sprint(found.Pages[0].Excerpts) != "[[[标题 拨打 false] [１２３１５ true] [热线 false] [㎡ true]]]" {
		t.Errorf("got %v", found.Pages)
	}
}

func TestFilters(t *testing.T) {
	for _, pages := range []int{60, 300} {
		entries, texts := synthetic(pages, 50)
		r := newReader(t, written(t, index(t, entries, texts)))
		all := r.find(t, "县", "{}", "")
		if all.Total != pages || all.Kinds["0"] != pages/3 || all.Departments["0"] != 2*pages/3 {
			t.Errorf("%d pages: %d found, %v %v", pages, all.Total, all.Kinds, all.Departments)
		}
		some := r.find(t, "县", "{kind: 2, department: 1}", "")
		if some.Total != pages/3 || some.Kinds["0"] != pages/3 {
			t.Errorf("%d pages: %d found of a kind and department, %v", pages, some.Total, some.Kinds)
		}
	}
}

// slow is a store that takes its time over what is large.
type slow struct {
	memory
	large, goOn chan struct{}
}

func (s *slow) Append(p []byte) (int64, error) {
	if len(p) > 2<<20 { // more than a page
		close(s.large)
		<-s.goOn
	}
	return s.memory.Append(p)
}

// TestFilesWaitForWhatIsFlushed: a page is added, and its grams are still on
// their way to the store; a file that is written then has them all the same.
func TestFilesWaitForWhatIsFlushed(t *testing.T) {
	entries, texts := synthetic(wholeLimit+1, 100)
	x, err := New(entries, func(path string) error { return fmt.Errorf("%s is asked for again", path) })
	if err != nil {
		t.Fatal(err)
	}
	store := &slow{large: make(chan struct{}), goOn: make(chan struct{})}
	for _, e := range entries[1:] {
		if err := x.Add(e.Path, texts[e.Path], store); err != nil {
			t.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	var long strings.Builder
	for range runLength {
		long.WriteRune(0x4e00 + random.Int32N(0x5000))
	}
	last := entries[0]
	failed := make(chan error, 1)
	go func() { failed <- x.Add(last.Path, Text{Words: long.String()}, store) }()
	<-store.large
	written := make(chan int, 1)
	go func() {
		var size writing
		for _, f := range x.Files() {
			if err := f.Write(&size); err != nil {
				t.Error(err)
			}
		}
		written <- int(size)
	}()
	early := false
	select {
	case <-written:
		early = true
	case <-time.After(50 * time.Millisecond):
	}
	close(store.goOn)
	if err := <-failed; err != nil {
		t.Fatal(err)
	}
	if early {
		t.Fatal("the files were written before all that was added was flushed")
	}
	if size := <-written; size < runLength {
		t.Errorf("the files are %d bytes: the long page is not in them", size)
	}
}

// writing counts what is written.
type writing int

func (w *writing) Write(p []byte) (int, error) {
	*w += writing(len(p))
	return len(p), nil
}

// TestFilesHaveNamesEverywhere: on Windows no file may be called aux, con, nul…,
// so the names of the index's files hold no letter that a number chose.
func TestFilesHaveNamesEverywhere(t *testing.T) {
	for n := range maxSlots / textsAFile {
		if name := shardName(n); strings.Trim(name, "0123456789") != "" {
			t.Fatalf("file %d is called %s", n, name)
		}
	}
}

func TestSortPostings(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var spare []posting
	for n := range 300 {
		list := make([]posting, n)
		for i := range list {
			list[i] = posting(random.Uint64()) >> random.IntN(64)
		}
		want := slices.Clone(list)
		slices.Sort(want)
		if spare = sortPostings(list, spare); !slices.Equal(list, want) {
			t.Fatalf("%v, want %v", list, want)
		}
	}
}
