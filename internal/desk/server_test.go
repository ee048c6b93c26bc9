//go:build whole

package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"wangjian/internal/remote/remotetest"
)

// TestPublishToServer: a place on a server is chosen, tried without a trace, published
// to and verified at the desk; what another computer has left there is taken over only
// when the person says so.
func TestPublishToServer(t *testing.T) {
	d, folder, _ := remotetest.SFTP(t, "线上")
	dir := copied(t, smallCampaign)
	name := filepath.Join(dir, "data/campaign.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text = fmt.Appendf(text, "发布:\n  线上:\n    SFTP: {主机: %s, 端口: %d, 用户: %s, 目录: %s, 主机公钥: %s, 私钥: %s}\n", d.SFTP.Host, d.SFTP.Port, d.SFTP.User, d.SFTP.Dir, d.SFTP.HostKey, d.SFTP.KeyFile)
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	b := publishing(t, dir, "2026-05-10 10:00")
	// What is wrong with the settings is said in the words of the screens.
	t.Setenv("HOME", t.TempDir())
	b.agree(b.post("/_desk/settings/save", "part", "发布", "place", "线上", "v:主机公钥", ""))
	wants(t, b.wait(b.post("/_desk/publish/try", "place", "目标:线上")), "没有核对过这台服务器", "在“活动设置”的“发布到哪里”里，把这一处的“主机公钥”填成 "+d.SFTP.HostKey)
	b.agree(b.post("/_desk/settings/save", "part", "发布", "place", "线上", "v:主机公钥", d.SFTP.HostKey, "v:私钥", ""))
	wants(t, b.wait(b.post("/_desk/publish/try", "place", "目标:线上")), "没有“线上”的密码：在“发布”的“存服务器的密码”里存一次")
	b.agree(b.post("/_desk/settings/save", "part", "发布", "place", "线上", "v:私钥", d.SFTP.KeyFile))
	must(t, os.WriteFile(filepath.Join(folder, "index.html"), []byte("别人的"), 0o644))
	wants(t, b.wait(b.post("/_desk/publish/try", "place", "目标:线上")), "不是本程序传的同名文件（index.html）", "在“活动设置”的“发布到哪里”里换一个专门放这个网站的目录")
	must(t, os.Remove(filepath.Join(folder, "index.html")))
	wants(t, b.get("/_desk/publish"), fmt.Sprintf("线上（SFTP，127.0.0.1:%d 的 %s）", d.SFTP.Port, folder), "先试一遍", "存服务器的密码", "sftp://"+d.SFTP.User+"@127.0.0.1")
	wants(t, b.wait(b.post("/_desk/publish/try", "place", "目标:线上")), "连得上。现在发布，要向", "删 <strong>0</strong> 个。什么也没有传")
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("trying has left %v, %v", left, err)
	}
	wants(t, b.post("/_desk/publish/try", "place", "文件夹", "folder", "public"), "不用试")
	lease := filepath.Join(folder, ".wangjian/publishing.json")
	if err := os.MkdirAll(filepath.Dir(lease), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lease, []byte(`{"copy":"another","run":"x","started":"2026-05-10 09:00"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	wants(t, b.publish("place", "目标:线上"), "没有发布成", "2026-05-10 09:00 开始", "在“接管”前面打钩")
	wants(t, b.publish("place", "目标:线上", "takeover", "1"), "发布好了", "已传到服务器：", "已记入 data/发布记录/0001-2026-05-10.yaml")
	if got, err := os.ReadFile(filepath.Join(folder, "index.html")); err != nil || string(got) != b.file("public/index.html") {
		t.Error("the server has another home page", err)
	}
	wants(t, b.wait(b.post("/_desk/publish/verify", "place", "目标:线上")), "与校验值相符，与现在重新生成的逐字节相同")
	if err := os.Remove(filepath.Join(folder, "index.html")); err != nil {
		t.Fatal(err)
	}
	wants(t, b.wait(b.post("/_desk/publish/verify", "place", "目标:线上")), "index.html</span>：缺这个文件")
}
