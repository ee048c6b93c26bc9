//go:build whole

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/remote"
	"wangjian/internal/remote/remotetest"
)

// withTargets adds a 发布 to a campaign.
func withTargets(t *testing.T, dir, targets string) {
	t.Helper()
	name := filepath.Join(dir, "data/campaign.yaml")
	text, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, append(text, "发布:\n"+targets...), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestPublishToBucket: a clerk's road with object storage, by commands: tried,
// published, recorded, verified; what is withdrawn is gone; what somebody altered there
// is found, and mended by publishing again.
func TestPublishToBucket(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, _, proxy := remotetest.Bucket(t, "云")
	dir := smallCopy(t)
	withTargets(t, dir, fmt.Sprintf("  云:\n    对象存储: {服务地址: %q, 桶: site, 目录: xysa, 访问密钥ID: test, 寻址: 路径}\n  包: {上传包: 上传.zip}\n", d.Bucket.Endpoint))
	said := func(want int, args ...string) string {
		t.Helper()
		status, out := ranIn(dir, nil, args...)
		if status != want {
			t.Fatalf("%v: %d %s", args, status, out)
		}
		return out
	}
	has := func(out, pattern string) {
		t.Helper()
		if !regexp.MustCompile(pattern).MatchString(out) {
			t.Errorf("no %s in %s", pattern, out)
		}
	}
	has(said(1, "verify", "云"), "服务器上没有 SHA256SUMS")
	proxy.Fault(nil)
	has(said(0, "publish", "云", "--dry-run"), `要向 对象存储，127.0.0.1:\d+ 的 site/xysa 传 \d+ 个文件、\d+ 字节，删 0 个`)
	if n := proxy.Puts(); n > 0 {
		t.Errorf("--dry-run has put %d files", n)
	}
	out := said(0, "publish", "云", "--yes")
	has(out, `已发布 云：\d+ 个文件`)
	has(out, `已传到 对象存储，127.0.0.1:\d+ 的 site/xysa：\d+ 个文件、\d+ 字节，删了 0 个，读回核对相符`)
	has(out, "已记入 data/发布记录/0001-2026-05-10.yaml")
	has(said(0, "verify", "云"), `云：\d+ 个文件与 SHA256SUMS 相符\n(?s:.*)云：与重新生成的逐字节相同`)
	proxy.Fault(nil)
	has(said(0, "publish", "云", "--yes"), "：0 个文件、0 字节，删了 0 个")
	if n := proxy.Puts(); n > 0 {
		t.Errorf("nothing changed, and %d files were put", n)
	}
	has(said(0, "publish", "包"), "已生成上传包 上传.zip")
	has(said(1, "verify", "包"), "“包”是上传包，传上去以后核对网站的网址")
	// A case is withdrawn in writing.
	text := "更正:\n  - {内容: cases/guoqi-mianbao, 现值: 撤下, 原因: 说法有误, 日期: 2026-05-10}\n"
	if err := os.WriteFile(filepath.Join(dir, "data/corrections.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	proxy.Fault(nil)
	has(said(0, "publish", "云", "--yes"), `删了 [1-9]\d* 个`)
	looked := 0
	for _, r := range proxy.Requests() {
		if r.Method == "GET" && strings.HasPrefix(r.Path, "/site/xysa/cases/guoqi-mianbao/") && r.Header.Get("Authorization") == "" {
			looked++
		}
	}
	if looked == 0 {
		t.Error("nobody has looked for what is withdrawn as the public does")
	}
	d.Bucket.Dir = "xysa"
	s, err := remote.Open(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Put(t.Context(), "index.html", strings.NewReader("<p>换掉了</p>"), 16); err != nil {
		t.Fatal(err)
	}
	has(said(1, "verify", "云", "--sums"), `index.html：与上一次发布的不同，发布以后被改过`)
	has(said(0, "publish", "云", "--yes"), "：2 个文件、")
	said(0, "verify", "云", "--sums")
}

// TestNoNetwork: in a network namespace of its own, where every attempt is counted, no
// command but publish to a server and verify of one sends or looks up anything, though
// the campaign names servers.
func TestNoNetwork(t *testing.T) {
	t.Parallel()
	dir := smallCopy(t)
	withTargets(t, dir, "  线上: {SFTP: {主机: www.example.gov.cn, 用户: w, 目录: /w}}\n  云: {对象存储: {服务地址: \"https://192.0.2.1\", 桶: bucket, 访问密钥ID: a}}\n")
	bin := program(t)
	attempts := func(commands ...string) (string, int) {
		t.Helper()
		script := ""
		for _, c := range commands {
			script += fmt.Sprintf("echo '--- %s'; timeout 20 %s -C %s %s 2>&1; echo status $?\n", c, bin, dir, c)
		}
		cmd := exec.Command("unshare", "-rn", "sh", "-c", script+"cat /proc/net/snmp /proc/net/snmp6")
		cmd.Env = append(os.Environ(), remote.SecretVariable+"=x", "DBUS_SESSION_BUS_ADDRESS=")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		n := 0
		for _, name := range []string{"OutRequests", "OutNoRoutes"} {
			n += counter(t, string(out), name)
		}
		return string(out), n
	}
	out, n := attempts("check", "build --date 2026-05-10", "publish --date 2026-05-10 --yes -o 别处", "publish --date 2026-05-10 --zip 上传.zip --yes",
		"verify public", "pdf -o 报告.pdf --date 2026-05-10", "form export -o 发表", "due --date 2026-05-10", "history", "words", "schema")
	if n != 0 {
		t.Errorf("%d attempts:\n%s", n, out)
	}
	if done := strings.Count(out, "status 0"); done < 8 {
		t.Errorf("%d commands were done:\n%s", done, out)
	}
	for _, c := range []string{"verify 云", "verify http://192.0.2.1/"} {
		if out, n := attempts(c); n == 0 {
			t.Errorf("%s attempts nothing: the counters do not count\n%s", c, out)
		}
	}
}

// counter sums what the kernel counts under a name, for IPv4 and IPv6.
func counter(t *testing.T, table, name string) (sum int) {
	t.Helper()
	head := regexp.MustCompile(`(?m)^Ip: ([A-Z].*)\nIp: (.*)$`).FindStringSubmatch(table)
	if head == nil {
		t.Fatalf("no counters in %s", table)
	}
	values := strings.Fields(head[2])
	found := false
	for n, is := range strings.Fields(head[1]) {
		if is == name {
			found = true
			var v int
			fmt.Sscan(values[n], &v)
			sum += v
		}
	}
	six := regexp.MustCompile(`(?m)^Ip6` + name + `\s+(\d+)$`).FindStringSubmatch(table)
	if !found || six == nil {
		t.Fatalf("no counter %s", name)
	}
	var v int
	fmt.Sscan(six[1], &v)
	return sum + v
}
