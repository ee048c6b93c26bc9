package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// today is the day of the pictures: three days after the last round's deadline.
const today = "2022-11-29"

// home is the person's folder, below that for everything.
const home = "home"

// campaign is the sample, in work.
type campaign struct {
	work string // a folder for everything, removed at the end
	dir  string // the campaign's
}

func (c *campaign) program() string { return filepath.Join(c.work, "wangjian") }
func (c *campaign) site() string    { return filepath.Join(c.work, "site") }

// prepare makes the sample, publishes what was out the day before, and puts it back to
// where an office is three days after a deadline: a form is late, one cannot be read,
// some are missing, a sum is wrong, a published figure has changed, texts wait for
// their signatures, and files have come in.
func (c *campaign) prepare() error {
	if out, err := exec.Command("go", "build", "-o", c.program(), "./cmd/wangjian").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	for _, step := range []func() error{
		func() error { return os.Mkdir(filepath.Join(c.work, home), 0o755) },
		func() error { return c.call("new", "--sample", c.dir) },
		func() error { return c.call("-C", c.dir, "build", "-o", c.site()) },
		func() error { return c.call("-C", c.dir, "--date", "2022-11-28", "build") },
		func() error {
			return c.call("-C", c.dir, "--date", "2022-11-28", "form", "export", "--round", "终期")
		},
		c.takeIn, c.unsign, c.spoil, c.send, c.publishAnother,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// call runs the program, in the folder for everything.
func (c *campaign) call(args ...string) error {
	command := exec.Command(c.program(), args...)
	command.Dir = c.work
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("wangjian %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// replace replaces a text in files of the campaign.
func (c *campaign) replace(files, pattern, with string) error {
	names, err := filepath.Glob(filepath.Join(c.dir, filepath.FromSlash(files)))
	if err != nil || len(names) == 0 {
		return fmt.Errorf("no files %s: %v", files, err)
	}
	old := regexp.MustCompile(pattern)
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if !old.Match(raw) {
			return fmt.Errorf("%s: nothing like %q", name, pattern)
		}
		if err := os.WriteFile(name, old.ReplaceAll(raw, []byte(with)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// takeIn has two forms come in as workbooks, so that their originals are there.
func (c *campaign) takeIn() error {
	for _, form := range []struct {
		unit, day string
		figures   []string
	}{{"网信办", "2022-11-24", []string{"11.83", "1126"}}, {"赣州海关", "2022-11-28", []string{"248", "3571", "0.37"}}} {
		name, err := c.fill("来件", form.unit, form.figures...)
		if err != nil {
			return err
		}
		if err := c.call("-C", c.dir, "--date", "2022-11-28", "form", "import", "--yes", "--arrived", form.day, name); err != nil {
			return err
		}
	}
	return nil
}

// fill writes the figures into a unit's form, from top to bottom.
func (c *campaign) fill(folder, unit string, figures ...string) (string, error) {
	book, err := excelize.OpenFile(filepath.Join(c.dir, "发表", "终期", unit+".xlsx"))
	if err != nil {
		return "", err
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	for n, figure := range append([]string{"2022-11-24", ""}, figures...) {
		if figure == "" {
			continue
		}
		if err := book.SetCellDefault(sheet, fmt.Sprintf("E%d", 5+n), figure); err != nil {
			return "", err
		}
	}
	name := filepath.Join(c.work, folder, unit+"终期统计表.xlsx")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return "", err
	}
	return name, book.SaveAs(name)
}

// unsign takes back signatures of what was signed last.
func (c *campaign) unsign() error {
	for _, r := range [][3]string{
		{"content/narratives/final/[gsw]*.md", "  终审: .*\n", ""},
		{"content/narratives/final/shuiwu.md", "  (复审|保密审查): .*\n", ""},
		{"data/final/release.yaml", "  终审: .*\n", ""},
		{"content/narratives/final/index.md", "(?s)审核:\n.*?\n---", "退回: {环节: 复审, 人: 复审员乙, 日期: 2022-11-28, 意见: 第二段“成效明显”写出具体的数}\n---"},
	} {
		if err := c.replace(r[0], r[1], r[2]); err != nil {
			return err
		}
	}
	return nil
}

// spoil makes what an office finds after a deadline.
func (c *campaign) spoil() error {
	for _, name := range []string{"linye.yaml", "shijian/360734.yaml", "shijian/360702.yaml", "gongan/rongjiang.yaml"} {
		if err := os.Remove(filepath.Join(c.dir, "data", "final", filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	for _, r := range [][3]string{
		{"data/final/gongan.yaml", "查处相关网络违法案件: 231", "查处相关网络违法案件: 241"},
		{"data/final/youzheng.yaml", "查处违法违规行为: 74", "查处违法违规行为：74"},
		{"data/final/gongan/360703.yaml", "项目:", "收到日期: 2022-11-28\n项目:"},
		{"data/midterm/haiguan.yaml", "(寄递渠道查获侵权货物（批次）): (\\d+)", "$1: 1$2"},
		{"content/warnings/zhibo-gouwu.md", "转账", "转帐"},
	} {
		if err := c.replace(r[0], r[1], r[2]); err != nil {
			return err
		}
	}
	return nil
}

// published is another invented campaign, published: the sample has no record of
// publications, so what follows one is shown on this.
func (c *campaign) published() string { return filepath.Join(c.work, home, "2026食安行动") }

// publishAnother publishes it and changes a figure afterwards.
func (c *campaign) publishAnother() error {
	dir := c.published()
	if err := os.CopyFS(dir, os.DirFS("internal/review/testdata/campaign")); err != nil {
		return err
	}
	sample := &campaign{work: c.work, dir: dir}
	if err := sample.replace("data/campaign.yaml", "(?m)^(名称: .*)$", "$1（示例数据）"); err != nil {
		return err
	}
	if err := c.call("-C", dir, "--date", "2026-05-10", "publish", "--yes"); err != nil {
		return err
	}
	return sample.replace("data/q2/shichang/dongcheng.yaml", "检查食品经营单位: 60", "检查食品经营单位: 61")
}

// send prepares what came in today.
func (c *campaign) send() error {
	if _, err := c.fill("今天", "林业局", "52", "17"); err != nil {
		return err
	}
	if _, err := c.fill("今天", "邮政局", "约74"); err != nil {
		return err
	}
	if _, err := c.fill("今天", "网信办", "12.05", "1126"); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.work, "今天", "统计软件.exe"), []byte("MZ"), 0o644); err != nil {
		return err
	}
	var box bytes.Buffer
	z := zip.NewWriter(&box)
	w, err := z.Create("章贡区市场监管局终期.csv")
	if err == nil {
		_, err = w.Write([]byte("期次,终期\n部门,市场监管局\n地区,章贡区\n填报单位,章贡区市场监督管理局\n填报日期,2022-11-25\n项目,单位,数量,备注\n查处网络违法案件,件,66,\n"))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.work, "今天", "章贡区来件.zip"), box.Bytes(), 0o644)
}

// arrived lists what came in today.
func (c *campaign) arrived() ([]string, error) {
	return filepath.Glob(filepath.Join(c.work, "今天", "*"))
}

// sheet takes the brief, which is one sheet.
func (c *campaign) sheet(name string) error {
	raw, err := exec.Command("pdftoppm", "-png", "-r", "60", filepath.Join(c.site(), "brief.pdf")).Output()
	if err != nil {
		return fmt.Errorf("pdftoppm: %w", err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return writeSmall(name, picture)
}
