// Package cause says in Chinese why the system, the network or the standard
// library refused something, so that no message to a person ends in the system's
// English. [Of] returns the cause alone, [In] the words of an error with what the
// system says within them replaced, and what to do. A system's error is known by
// its number or its type: numbers_unix.go and numbers_windows.go list the
// numbers.
package cause

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// Causes that callers tell apart.
const (
	Denied       = "没有权限"
	Full         = "磁盘满了"
	AddressInUse = "地址或端口已被别的程序占用"
	NoAddress    = "这台电脑没有这个地址"
	TooManyOpen  = "打开的文件太多"
	Absent       = "文件或文件夹不存在"
)

// known are errors of one cause.
type known struct {
	words  string
	remedy string // after 请
	errs   []error
}

// common are the errors that every system has. The numbers of a system come
// first: they say more.
var common = []known{
	{Denied, "用有权限的账号运行，或换一个能写的文件夹", []error{fs.ErrPermission}},
	{Absent, "核对路径", []error{fs.ErrNotExist}},
	{"已经有同名的文件或文件夹", "换一个名称，或先移走它", []error{fs.ErrExist}},
	{"文件已经关闭", "", []error{fs.ErrClosed, os.ErrProcessDone}},
	{"等得太久", "稍后再试", []error{os.ErrDeadlineExceeded, context.DeadlineExceeded}},
	{"已经停止", "", []error{context.Canceled}},
	{"连接已经关闭", "稍后再试", []error{net.ErrClosed, io.ErrClosedPipe}},
	{"文件不完整", "重新取得这个文件", []error{io.ErrUnexpectedEOF, io.EOF}},
	{"没有写全", "检查磁盘", []error{io.ErrShortWrite}},
	{"不是压缩包，或已经损坏", "重新取得这个文件", []error{zip.ErrFormat, zip.ErrChecksum, zip.ErrAlgorithm}},
	{"没有装这个程序", "先安装它", []error{exec.ErrNotFound}},
	{"系统没有这个功能", "", []error{errors.ErrUnsupported}},
	{"不能这样用", "", []error{fs.ErrInvalid}},
}

// texts are those of errors that have neither a number nor a name.
var texts = []struct{ text, words string }{
	{"path escapes from parent", "它指到了本活动的文件夹以外"},
	{"file does not exist", Absent},
	{"no such host", "找不到这个网址的服务器"},
	{"server misbehaving", "域名服务器没有回答"},
	{"i/o timeout", "等得太久"},
	{"too many links", "链接绕了圈子"},
	{"server closed", "服务已经停止"},
	{"certificate", "对方的安全证书不对或已经过期"},
	{"HTTP response to HTTPS client", "对方不支持 https"},
}

// find returns what is known of an error.
func find(err error) (known, bool) {
	for _, list := range [][]known{numbers, common} {
		for _, k := range list {
			for _, e := range k.errs {
				if errors.Is(err, e) {
					return k, true
				}
			}
		}
	}
	return known{}, false
}

// Of returns why something failed.
func Of(err error) string {
	if k, ok := find(err); ok {
		return k.words
	}
	for _, t := range texts {
		if strings.Contains(err.Error(), t.text) {
			return t.words
		}
	}
	if code, ok := errors.AsType[syscall.Errno](err); ok {
		return fmt.Sprintf("系统错误 %d", uintptr(code))
	}
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		return "这个程序没有做成"
	}
	switch inner := inner(err); {
	case strings.ContainsFunc(err.Error(), isHan) && !isSystem(err):
		return In(err)
	case inner != nil:
		return Of(inner)
	}
	return err.Error()
}

// Remedy says what to do about an error, to stand after 请; "" where nobody
// knows.
func Remedy(err error) string {
	k, _ := find(err)
	return k.remedy
}

// In returns the words of an error in which those of the system are replaced by
// their cause. The file that the system names is named where the rest does not.
func In(err error) string {
	text := err.Error()
	for _, e := range systems(err, nil) {
		before, after, found := strings.Cut(text, e.Error())
		if !found {
			continue // told already
		}
		words := Of(e)
		if file := fileOf(e); file != "" && !strings.Contains(before+after, filepath.Base(file)) {
			words = "“" + file + "”" + words
		}
		if do := Remedy(e); do != "" && !strings.Contains(after, "请") {
			words += "，请" + do
		}
		text = before + words + after
	}
	return text
}

// IsSystem reports whether an error is of the system, itself or within.
func IsSystem(err error) bool { return len(systems(err, nil)) > 0 }

// systems lists the outermost errors within err that the system made.
func systems(err error, list []error) []error {
	if err == nil {
		return list
	}
	if isSystem(err) {
		return append(list, err)
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			list = systems(e, list)
		}
		return list
	}
	return systems(errors.Unwrap(err), list)
}

// isSystem reports whether an error is one of the system's or of the standard
// library's, itself and not by what it wraps.
func isSystem(err error) bool {
	switch err.(type) {
	case syscall.Errno, *net.DNSError, *exec.ExitError:
		return true
	}
	if inner(err) != nil {
		return true
	}
	for _, k := range common {
		for _, e := range k.errs {
			if err == e {
				return true
			}
		}
	}
	return false
}

// inner returns what an error of the standard library wraps; nil for others.
func inner(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	case *os.SyscallError:
		return e.Err
	case *net.OpError:
		return e.Err
	case *url.Error:
		return e.Err
	case *exec.Error:
		return e.Err
	}
	return nil
}

// fileOf returns the file that a system's error is about; "" for none.
func fileOf(err error) string {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Path
	case *os.LinkError:
		return e.New
	case *exec.Error:
		return e.Name
	}
	return ""
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
