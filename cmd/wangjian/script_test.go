package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
)

func TestMain(m *testing.M) {
	testscript.Main(closing{m}, map[string]func(){
		"wangjian": func() { main() },
		// One that is killed between the delivery of a site and its recording.
		"killed": func() {
			sys := system{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Delivered: func() { os.Exit(137) }}
			os.Exit(run(context.Background(), os.Args[1:], sys))
		},
	})
}

// ends are the ends of what tests share: a browser, a built site.
var ends struct {
	sync.Mutex
	list []func()
}

// atEnd has a function called when all tests are through.
func atEnd(end func()) {
	ends.Lock()
	defer ends.Unlock()
	ends.list = append(ends.list, end)
}

// closing runs the tests and ends what they share.
type closing struct{ *testing.M }

func (c closing) Run() int {
	defer func() {
		for _, end := range ends.list {
			end()
		}
	}()
	return c.M.Run()
}

const smallCampaign = "../../internal/review/testdata/campaign"

// TestScripts runs testdata/script: commands, what they print and what they
// leave, to be read like a manual. Each starts with the small campaign in
// qinghe/.
func TestScripts(t *testing.T) { runScripts(t, "testdata/script") }

func runScripts(t *testing.T, dir string) {
	testscript.Run(t, testscript.Params{
		Dir:  dir,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"replace": replaceText, "zipped": lookIntoZip},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home")) // for the key of the caches
			dir := filepath.Join(env.WorkDir, "qinghe")
			if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
				return err
			}
			checkbox, err := os.ReadFile("testdata/checkbox.docx")
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, "勾选.docx"), checkbox, 0o644); err != nil {
				return err
			}
			if err := writeWordLists(dir); err != nil {
				return err
			}
			if err := writeDocx(filepath.Join(dir, "教体局第二次总结.docx"), "一、经验做法", "增强四个意思，先看证照。"); err != nil {
				return err
			}
			if err := writeDocx(filepath.Join(dir, "教体局第三次总结.docx"),
				"教体局第三次工作总结", "一、经验做法", "**先看证照，再看台账。", "二、行动成效", "本期检查学校食堂391家，抽检392批次。",
				"三、存在的问题", "人手少。", "四、下一步工作打算", "逐项销号。"); err != nil {
				return err
			}
			if err := writeDocx(filepath.Join(dir, "警示：校园周边小店.docx"), "标题：谨防校门口“三无”零食", "发布单位：清河市市场监督管理局", "期数：2026年第2号",
				"近期接到投诉，请家长注意两件事。", "一、看清标签", "没有生产日期、生产者的不要买。", "联系电话：0797-12345"); err != nil {
				return err
			}
			if err := writeDocx(filepath.Join(dir, "全市第三次总结.docx"),
				"全市校园食品安全专项行动第三次总结", "一、经验做法", "教体局先查食堂。", "二、行动成效", "检查学校食堂。", "三、存在的问题", "人手少。", "四、下一步工作打算", "逐项销号。"); err != nil {
				return err
			}
			return writeParcel(dir)
		},
	})
}

// writeWordLists writes an office's lists of wrong words.
func writeWordLists(dir string) error {
	f := excelize.NewFile()
	defer f.Close()
	for n, row := range [][]any{{"错误表述", "正确表述", "级别"}, {"大排查行动", "专项检查", "严重"}, {"黑作坊", "无证作坊", "一般"}, {"字", "字符", ""}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n+1), &row); err != nil {
			return err
		}
	}
	if err := f.SaveAs(filepath.Join(dir, "错敏词.xlsx")); err != nil {
		return err
	}
	text, err := simplifiedchinese.GB18030.NewEncoder().String("黑作坊→无照作坊\r\n回头看看→回头看\r\n")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "错敏词.txt"), []byte(text), 0o644)
}

// TestToday: without --date and 基准日 the day is China's, not the machine's.
func TestToday(t *testing.T) {
	a := &app{system: system{Now: func() time.Time { return time.Date(2026, 5, 9, 17, 0, 0, 0, time.UTC) }}}
	a.project = project.Open("../../internal/review/testdata/campaign")
	result, err := a.read()
	if err != nil || result.Date.String() != "2026-05-10" {
		t.Errorf("17:00 UTC on the 9th is the 10th in China; got %s, %v", result.Date, err)
	}
}

// TestPreviewFollowsTheClock: what the preview shows is overtaken when something
// comes out and when a day begins, and not in between; where --date names the
// time, never.
func TestPreviewFollowsTheClock(t *testing.T) {
	china := time.FixedZone("", 8*3600)
	clock := func(text string) func() time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04:05", text, china)
		if err != nil {
			t.Fatal(err)
		}
		return func() time.Time { return at.UTC() }
	}
	a := &app{project: project.Open(smallCampaign)}
	if a.overtaken() {
		t.Error("nothing is loaded, and yet overtaken")
	}
	for _, step := range []struct {
		loaded, now string
		overtaken   bool
	}{
		{"2026-06-01 08:59:00", "2026-06-01 08:59:59", false},
		{"2026-06-01 08:59:00", "2026-06-01 09:00:00", true},
		{"2026-06-01 09:00:00", "2026-06-01 23:59:59", false},
		{"2026-06-01 09:00:00", "2026-06-02 00:00:00", true},
		{"2026-06-01 09:00:00", "2026-06-01 08:59:00", true}, // the clock was put right
	} {
		a.Now = clock(step.loaded)
		result, err := a.read()
		if err != nil {
			t.Fatal(err)
		}
		a.shows(result)
		if a.Now = clock(step.now); a.overtaken() != step.overtaken {
			t.Errorf("loaded at %s, at %s overtaken: %v", step.loaded, step.now, !step.overtaken)
		}
	}
	a.asked = new(campaign.Date{Year: 2026, Month: 6, Day: 1}.Last())
	result, err := a.read()
	if err != nil {
		t.Fatal(err)
	}
	a.shows(result)
	if a.Now = clock("2026-06-05 00:00:00"); a.overtaken() {
		t.Error("the time is asked for, and the clock counts")
	}
}

// writeDocx writes a small Word file of plain paragraphs.
func writeDocx(name string, paragraphs ...string) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	body := ""
	for _, p := range paragraphs {
		body += "<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>"
	}
	const namespace = `http://schemas.openxmlformats.org/wordprocessingml/2006/main`
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="` + namespace + `"><w:body>` + body + `</w:body></w:document>`},
	} {
		w, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := w.Write([]byte(part.text)); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// replaceText is the command replace FILE OLD NEW: a person's edit, \n being a
// line's end. OLD must be there.
func replaceText(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: replace file old new")
	}
	lines := strings.NewReplacer(`\n`, "\n")
	text, old := ts.ReadFile(args[0]), lines.Replace(args[1])
	if !strings.Contains(text, old) {
		ts.Fatalf("%s has no %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, old, lines.Replace(args[2]), 1)), 0o644))
}

// lookIntoZip is the command zipped FILE NAME…: each name is in the zip file; !NAME
// is not, and NAME=TEXT contains the text.
func lookIntoZip(ts *testscript.TestScript, _ bool, args []string) {
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	for _, want := range args[1:] {
		name, text, _ := strings.Cut(want, "=")
		name, absent := strings.CutPrefix(name, "!")
		content, err := fs.ReadFile(z, name)
		if (err != nil) != absent || !strings.Contains(string(content), text) {
			ts.Fatalf("%s: %s is %q (%v)", args[0], want, content, err)
		}
	}
}
