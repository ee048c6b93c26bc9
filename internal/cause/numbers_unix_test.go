//go:build linux || darwin

package cause

import (
	"archive/zip"
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRealErrors: what the system returns for what people really do.
func TestRealErrors(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "文件")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, absent := os.ReadFile(filepath.Join(dir, "没有"))
	_, below := os.ReadFile(filepath.Join(file, "下级"))
	_, folder := os.ReadFile(dir)
	exists := os.Mkdir(dir, 0o700)
	full := os.Remove(dir)
	_, long := os.Create(filepath.Join(dir, strings.Repeat("长", 200)))
	_, program := exec.LookPath("没有这个程序")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, inUse := net.Listen("tcp", taken.Addr().String())
	taken.Close()
	_, refused := net.Dial("tcp", taken.Addr().String())
	_, archive := zip.NewReader(strings.NewReader("不是"), 6)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	_, outside := root.Open("../外面")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	for want, err := range map[string]error{
		Absent: absent, "这不是文件夹": below, "这是一个文件夹": folder, "已经有同名的文件或文件夹": exists, "文件夹不是空的": full,
		"文件名太长": long, "没有装这个程序": program, AddressInUse: inUse, "对方没有开这个服务": refused,
		"不是压缩包，或已经损坏": archive, "它指到了本活动的文件夹以外": outside, "已经停止": ctx.Err(), "文件不完整": io.ErrUnexpectedEOF,
	} {
		if got := Of(err); got != want {
			t.Errorf("Of(%v) = %q, want %q", err, got, want)
		}
	}
}
