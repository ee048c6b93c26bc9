package publish

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// write makes files below a folder.
func write(t *testing.T, dir string, files ...string) {
	t.Helper()
	for _, p := range files {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("要紧的 "+p), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOtherCampaignsSite: the site of another campaign is not replaced; one's own is,
// whatever its name was, where it is known to be that, and in the campaign's own folder.
func TestOtherCampaignsSite(t *testing.T) {
	named := func(name string) tree {
		return tree{"index.html": name, "data/statistics.json": fmt.Sprintf("{\n \"名称\": %q,\n \"figures\": []}", name)}
	}
	f := workshop(t)
	f.mustPublish(t, named("甲行动"))
	f.mustPublish(t, named("乙行动"))
	f.Target = filepath.Join(t.TempDir(), "site")
	f.mustPublish(t, named("甲行动"))
	for _, other := range []tree{named("乙行动"), before} {
		_, err := f.Publish(t.Context(), other.files())
		if err == nil || !strings.Contains(err.Error(), " 里现在是“甲行动”的网站，会整个被换掉") {
			t.Errorf("got %v", err)
		}
		wantSite(t, f.Target, named("甲行动"))
	}
	for _, name := range []string{"甲行动", "甲专项行动"} { // with what the build before has left
		withSpare.begin(&f)
		f.mustPublish(t, named(name))
	}
	other := Folder{Campaign: t.TempDir(), Target: f.Target} // puts another in its place
	if err := os.RemoveAll(f.Target); err != nil {
		t.Fatal(err)
	}
	other.mustPublish(t, named("乙行动"))
	withSpare.begin(&f)
	if _, err := f.Publish(t.Context(), named("甲专项行动").files()); err == nil || !strings.Contains(err.Error(), " 里现在是“乙行动”的网站") {
		t.Errorf("got %v", err)
	}
	if err := os.RemoveAll(f.Target); err != nil {
		t.Fatal(err)
	}
	f.mustPublish(t, before)
	if _, err := f.Publish(t.Context(), named("甲行动").files()); err == nil || !strings.Contains(err.Error(), "现在是别的网站") {
		t.Errorf("got %v", err)
	}
}

func TestOnlyOursIsReplaced(t *testing.T) {
	for name, tc := range map[string]struct {
		target string // below the campaign's folder
		there  []string
		want   string // in the error; "" when it goes well
	}{
		"absent":                       {"public", nil, ""},
		"absent, with its parents":     {"out/2022/site", nil, ""},
		"empty but for droppings":      {"public", []string{"public/.DS_Store"}, ""},
		"the campaign":                 {".", nil, "专项行动自己的文件夹"},
		"above the campaign":           {"..", nil, "专项行动自己的文件夹"},
		"data":                         {"data", nil, "data 里是专项行动自己的文件"},
		"in content":                   {"content/cases", nil, "content 里是专项行动自己的文件"},
		"layouts that is not there":    {"layouts", nil, "layouts 里是专项行动自己的文件"},
		"in a new folder of layouts":   {"Layouts/x", nil, "layouts 里是专项行动自己的文件"},
		"the lock's folder":            {".wangjian", nil, ".wangjian 里是"},
		"another campaign":             {"other", []string{"other/data/campaign.yaml"}, "像是一个专项行动的资料"},
		"a folder with content":        {"other", []string{"other/content/x.md"}, "像是一个专项行动的资料"},
		"somebody's folder":            {"docs", []string{"docs/报告.docx"}, "不是本程序生成的网站，里面有文件（报告.docx）"},
		"somebody's sums":              {"iso", []string{"iso/SHA256SUMS", "iso/debian.iso"}, "不是本程序生成的网站"},
		"a file":                       {"public", []string{"public"}, "是文件，不是文件夹"},
		"a version-controlled folder":  {"public", []string{"public/.git/HEAD"}, ".git/HEAD"},
		"a folder of many other files": {"x", []string{"x/a", "x/b", "x/c", "x/d"}, "a、b、c 等 4 个"},
	} {
		t.Run(name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), "campaign")
			write(t, root, "data/campaign.yaml", "content/cases/a.md")
			write(t, root, tc.there...)
			was := readTree(t, filepath.Dir(root))
			f := Folder{Campaign: root, Target: filepath.Join(root, tc.target)}
			_, err := f.Publish(t.Context(), after.files())
			if tc.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				wantSite(t, f.Target, after)
				return
			}
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want …%s…", err, tc.want)
			}
			now := readTree(t, filepath.Dir(root))
			delete(now, "campaign/.wangjian/lock")
			if !maps.Equal(was, now) {
				t.Errorf("it changed the disk: %v", slices.Sorted(maps.Keys(now)))
			}
		})
	}
}

func TestStrangersInOurOwnSiteAreNotLost(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	write(t, f.Target, "CNAME")
	_, err := f.Publish(t.Context(), after.files())
	if err == nil || !strings.Contains(err.Error(), "里有不是本程序生成的文件（CNAME）") {
		t.Errorf("got %v", err)
	}
	if got := readTree(t, f.Target)["index.html"]; got != before["index.html"] {
		t.Errorf("the old site changed: %q", got)
	}
}

func TestDiskAndHomeAreNeverReplaced(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	root := t.TempDir()
	for name, target := range map[string]string{
		"the disk": filepath.VolumeName(root) + string(filepath.Separator),
		"home":     home,
		"nothing":  "",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := (Folder{Campaign: root, Target: target}).Publish(t.Context(), after.files()); err == nil {
				t.Error("it was replaced")
			}
		})
	}
	if _, err := (Folder{Campaign: root, Target: filepath.Join(home, "site")}).Publish(t.Context(), after.files()); err != nil {
		t.Errorf("a folder in the home: %v", err)
	}
}

func TestLinkedTargetIsResolved(t *testing.T) {
	f := workshop(t)
	real := filepath.Join(t.TempDir(), "web", "site")
	if err := os.MkdirAll(real, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, f.Target); err != nil {
		t.Fatal(err)
	}
	real, _ = filepath.EvalSymlinks(real)
	for range 2 {
		if r := f.mustPublish(t, after); r.Target != real {
			t.Errorf("published to %s, want %s", r.Target, real)
		}
	}
	wantSite(t, real, after)
	wantNoSiblings(t, real)
	if info, err := os.Lstat(f.Target); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}

	t.Run("to the campaign", func(t *testing.T) {
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(f.Campaign, link); err != nil {
			t.Fatal(err)
		}
		if _, err := (Folder{Campaign: f.Campaign, Target: link}).Publish(t.Context(), after.files()); err == nil {
			t.Error("the campaign was replaced through a link")
		}
	})
	t.Run("to nowhere", func(t *testing.T) {
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(filepath.Join(f.Campaign, "nowhere"), link); err != nil {
			t.Fatal(err)
		}
		_, err := (Folder{Campaign: f.Campaign, Target: link}).Publish(t.Context(), after.files())
		if err == nil || !strings.Contains(err.Error(), "文件或文件夹不存在") {
			t.Errorf("got %v", err)
		}
	})
}

func TestOfficeFilesAreRefused(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	office := release.Whole(&campaign.Campaign{}, campaign.Date{Year: 2030, Month: 1, Day: 1}, nil)
	files := append(after.files(), office.File("office.html", func(io.Writer) error {
		t.Error("it was rendered")
		return nil
	}))
	_, err := f.Publish(t.Context(), files)
	if err == nil || !strings.Contains(err.Error(), "office.html 不是为公众制作的") {
		t.Errorf("got %v", err)
	}
	_, err = f.Publish(t.Context(), []release.File{{Path: "index.html"}})
	if err == nil {
		t.Error("a file of no view was published")
	}
	if _, err := f.Publish(t.Context(), nil); err == nil {
		t.Error("an empty site replaced the old one")
	}
	wantSite(t, f.Target, before)
}

func TestSecondBuildAtOnceIsTurnedAway(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	files := after.files()
	files[0] = public.File(files[0].Path, func(w io.Writer) error {
		want := fmt.Sprintf("另一个 wangjian（进程 %d）正在生成", os.Getpid())
		if _, err := f.Publish(t.Context(), before.files()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("in this process: %v", err)
		}
		child := exec.Command(os.Args[0])
		child.Dir = f.Campaign
		child.Env = append(os.Environ(), killAt+"=0")
		if out, err := child.CombinedOutput(); err == nil || !strings.Contains(string(out), want) {
			t.Errorf("in another process: %v %s", err, out)
		}
		_, err := io.WriteString(w, after[files[0].Path])
		return err
	})
	if _, err := f.Publish(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	wantSite(t, f.Target, after)
	f.mustPublish(t, before)
}

// TestAnotherCampaignAtTheSamePlace: the lock is a campaign's own; what another
// one is writing beside the same target is neither removed nor mixed in.
func TestAnotherCampaignAtTheSamePlace(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // folders cannot be locked there
	}
	f := workshop(t)
	f.mustPublish(t, before)
	other := Folder{Campaign: t.TempDir(), Target: f.Target}
	files := after.files()
	files[0] = public.File(files[0].Path, func(w io.Writer) error {
		if _, err := other.Publish(t.Context(), before.files()); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("另一个 wangjian（进程 %d）正在往", os.Getpid())) {
			t.Errorf("got %v", err)
		}
		_, err := io.WriteString(w, after[files[0].Path])
		return err
	})
	if _, err := f.Publish(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	wantSite(t, f.Target, after)
	other.mustPublish(t, before)
	wantSite(t, f.Target, before)
	wantNoSiblings(t, f.Target)
}

// TestAReaderInTheMiddle: whoever looks while sites change sees at every moment
// one of them whole: sums that do not change while a file is read are the sums
// of that file.
func TestAReaderInTheMiddle(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	if err := exchange(f.Target, f.Target); errors.Is(err, errors.ErrUnsupported) {
		return // with two renames there is a moment without a site
	}
	done, seen := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		defer func() { seen <- n }()
		for {
			select {
			case <-done:
				return
			default:
			}
			sums, err := os.ReadFile(filepath.Join(f.Target, SumsFile))
			if err != nil {
				t.Errorf("there was no site: %v", err)
				return
			}
			content, err := os.ReadFile(filepath.Join(f.Target, "index.html"))
			again, _ := os.ReadFile(filepath.Join(f.Target, SumsFile))
			if !bytes.Equal(sums, again) {
				continue // it changed while we read
			}
			if err != nil || !strings.Contains(string(sums), fmt.Sprintf("%x  index.html\n", sha256.Sum256(content))) {
				t.Errorf("half a site: %v %q", err, content)
				return
			}
			n++
		}
	}()
	for range 20 {
		f.mustPublish(t, after)
		f.mustPublish(t, before)
	}
	close(done)
	if n := <-seen; n == 0 {
		t.Error("the reader saw nothing")
	}
}

func TestFolderRightsStay(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // no such rights
	}
	f := workshop(t)
	f.mustPublish(t, before)
	if err := os.Chmod(f.Target, 0o750); err != nil {
		t.Fatal(err)
	}
	f.mustPublish(t, after)
	if info, _ := os.Stat(f.Target); info.Mode().Perm() != 0o750 {
		t.Errorf("rights are %v", info.Mode().Perm())
	}
}
