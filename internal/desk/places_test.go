package desk

import (
	"testing"

	"github.com/zalando/go-keyring"
)

// TestPlaces: where the site is published to is filled in as a form, shown before it is
// written, changed, offered in 发布 and taken out again; the secret goes to the key store
// and into no file.
func TestPlaces(t *testing.T) {
	keyring.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	dir := copied(t, smallCampaign)
	b := opened(t, dir, at("2026-05-10"))
	was := b.file("data/campaign.yaml")
	wants(t, b.get("/_desk/publish"), `href="/_desk/settings?part=`+"%E5%8F%91%E5%B8%83"+`"`)
	wants(t, b.get("/_desk/settings?part=发布"), "添一处", "文件夹", "上传包", "SFTP", "对象存储")
	wants(t, b.get("/_desk/settings?part=发布&place=线上&way=SFTP"), "线上（SFTP）", `name="v:主机"`, `name="v:私钥"`, `name="v:网址"`, `name="v:文件夹"`)
	lacks(t, b.get("/_desk/settings?part=发布&place=线上&way=SFTP"), `name="v:桶"`, "存服务器的密码", "不再发布到这里")

	server := []string{"part", "发布", "place", "线上", "way", "SFTP", "v:主机", "www.example.gov.cn", "v:用户", "web", "v:目录", "/var/www/wangjian", "v:主机公钥", "abc", "v:密码", "hunter2"}
	wants(t, b.post("/_desk/settings/save", server...), "改写发布到哪里：线上", "主机公钥读不出来", "Secret 不写在这里")
	if b.file("data/campaign.yaml") != was {
		t.Error("it was written before the yes")
	}
	server[13] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	b.agree(b.post("/_desk/settings/save", append(server, "v:网址", "https://www.example.gov.cn/x/")...))
	want := was + "发布:\n  线上:\n    SFTP:\n      主机: www.example.gov.cn\n      用户: web\n      目录: /var/www/wangjian\n      主机公钥: " + server[13] + "\n    网址: https://www.example.gov.cn/x/\n"
	if got := b.file("data/campaign.yaml"); got != want {
		t.Errorf("got\n%s", got)
	}
	wants(t, b.get("/_desk/publish"), "线上（SFTP，www.example.gov.cn 的 /var/www/wangjian）")
	wants(t, b.get("/_desk/settings?part=发布&place=线上"), `value="www.example.gov.cn"`, "存服务器的密码", "先试一遍")
	wants(t, b.post("/_desk/publish/secret", "target", "线上", "secret", "hunter2"), "密码存好了", "线上（sftp://web@www.example.gov.cn:22）", "去发布，先试一遍")
	if got, err := keyring.Get("wangjian", "sftp://web@www.example.gov.cn:22"); got != "hunter2" {
		t.Errorf("stored %q, %v", got, err)
	}

	b.agree(b.post("/_desk/settings/save", "part", "发布", "place", "云", "way", "对象存储", "v:服务地址", "https://oss.example", "v:桶", "wangjian", "v:访问密钥ID", "LTAI", "v:寻址", "路径", "v:不压缩", "true"))
	b.agree(b.post("/_desk/settings/save", "part", "发布", "place", "线上", "v:端口", "2222", "v:网址", ""))
	want = was + "发布:\n  线上:\n    SFTP:\n      主机: www.example.gov.cn\n      端口: 2222\n      用户: web\n      目录: /var/www/wangjian\n      主机公钥: " + server[13] + "\n" +
		"  云:\n    对象存储:\n      服务地址: https://oss.example\n      桶: wangjian\n      访问密钥ID: LTAI\n      寻址: 路径\n      不压缩: true\n"
	if got := b.file("data/campaign.yaml"); got != want {
		t.Errorf("got\n%s", got)
	}
	wants(t, b.post("/_desk/settings/save", "part", "发布", "place", " ", "way", "SFTP"), "没有写名字")
	wants(t, b.post("/_desk/settings/save", "part", "发布", "place", "新的"), "没有选怎样送")
	wants(t, b.post("/_desk/settings/remove", "place", "云"), "不再发布到云", "网站还在")
	b.agree(b.post("/_desk/settings/remove", "place", "云"))
	b.agree(b.post("/_desk/settings/remove", "place", "线上"))
	if got := b.file("data/campaign.yaml"); got != was {
		t.Errorf("got\n%s", got)
	}
}
