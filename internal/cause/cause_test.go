package cause

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

var english = regexp.MustCompile(`[A-Za-z]{2,}`)

// TestNoWordOfTheSystemIsLeft: whatever number the system returns, in whatever
// the standard library wraps it, what a person reads has none of its English.
func TestNoWordOfTheSystemIsLeft(t *testing.T) {
	for n := range 140 {
		code := syscall.Errno(n + 1)
		for _, err := range []error{
			code,
			os.NewSyscallError("rename", code),
			&fs.PathError{Op: "open", Path: "报表", Err: code},
			&os.LinkError{Op: "rename", Old: "甲", New: "乙", Err: code},
			&net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", code)},
			&url.Error{Op: "Get", URL: "网址", Err: &net.OpError{Op: "dial", Net: "tcp", Err: code}},
		} {
			for how, text := range map[string]string{
				"Of": Of(err), "In": In(err), "wrapped": In(fmt.Errorf("写 报表：%w", err)),
				"joined": In(errors.Join(errors.New("两件事"), fmt.Errorf("读：%w", err))),
			} {
				if word := english.FindString(text); word != "" || text == "" {
					t.Errorf("%s of %q: %q", how, err, text)
				}
			}
		}
	}
	for _, list := range [][]known{numbers, common} {
		for _, k := range list {
			if word := english.FindString(k.words + k.remedy); word != "" {
				t.Errorf("%q has %q", k.words, word)
			}
			for _, err := range k.errs {
				if text := In(fmt.Errorf("读 报表：%w", err)); english.MatchString(text) {
					t.Errorf("%v: %q", err, text)
				}
			}
		}
	}
	for _, x := range texts {
		if got := Of(errors.New(x.text)); got != x.words {
			t.Errorf("Of(%q) = %q", x.text, got)
		}
	}
}

// TestInNamesTheFile: the file is named once, and what to do is said once.
func TestInNamesTheFile(t *testing.T) {
	err := &fs.PathError{Op: "open", Path: "/甲/乙.pdf", Err: syscall.EACCES}
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("写 乙.pdf：%w", err), "写 乙.pdf：没有权限，请用有权限的账号运行，或换一个能写的文件夹"},
		{fmt.Errorf("排版：%w", err), "排版：“/甲/乙.pdf”没有权限，请用有权限的账号运行，或换一个能写的文件夹"},
		{fmt.Errorf("写：%w；请另存", err), "写：“/甲/乙.pdf”没有权限；请另存"},
		{errors.New("我们自己的 PDF"), "我们自己的 PDF"},
	} {
		if got := In(c.err); got != c.want {
			t.Errorf("In = %q, want %q", got, c.want)
		}
	}
}

// TestSystemErrorsOfOurOwn: a system's error that wraps one of ours, or names a
// Chinese file, is told once: what asks for its words does not come back to it.
func TestSystemErrorsOfOurOwn(t *testing.T) {
	for _, err := range []error{
		&fs.PathError{Op: "open", Path: "content/open/p.csv", Err: errors.New("不是普通文件")},
		&fs.PathError{Op: "open", Path: "收件/表.xlsx", Err: errors.New("不是普通文件")},
		fmt.Errorf("读 %w", &fs.PathError{Op: "open", Path: "收件/表.xlsx", Err: fs.ErrInvalid}),
	} {
		if got := In(err); !strings.Contains(got, "不是普通文件") && !errors.Is(err, fs.ErrInvalid) || strings.Contains(got, "open ") {
			t.Errorf("%v: %s", err, got)
		}
	}
}
