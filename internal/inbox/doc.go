// Package inbox keeps the originals that come in, and the register of them.
//
// An original is kept below 收件/ as 收件/2022-11-25/公安局 统计表.xlsx: the folder is
// the day of its arrival, the name its sender's, made fit for any disk and told
// apart from others of that day. 收件/登记.yaml has a line for each: when it came,
// its hash, the mail or archive that brought it, and what it became. The register
// is only ever added to. 发表/, where forms go out, has one of the same kind, by
// which a workbook that is as it was sent is told from one that was filled in.
//
// [Open] reads a register, [Register.Place] says where an original will be,
// [Register.Keep] notes in a change.Set that it is written there and its entry
// added, and [Check] compares the originals with the register. Nothing here is ever
// published or read by a build.
package inbox

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"

	"wangjian/internal/campaign"
)

// The folders that have a register, and its name there.
const (
	Received = "收件"
	Sent     = "发表"
	Name     = "登记.yaml"
)

// Rules are what kept originals must hold to.
var Rules = []campaign.Rule{
	{Code: "original-changed", Level: campaign.Warning, Words: "收件/ 里的原件与登记的校验值相同，收到以后没有改动过。"},
	{Code: "original-missing", Level: campaign.Warning, Words: "收件/登记.yaml 登记的原件都在。"},
	{Code: "original-register", Level: campaign.Warning, Words: "收件/登记.yaml 读得出，是程序写的样子。"},
}

// Entry is one file of a register.
type Entry struct {
	On     string `yaml:"日期"`           // of its arrival, or when it was sent
	File   string `yaml:"文件"`           // its path in the register's folder
	Hash   string `yaml:"校验值"`          // sha256:…
	Sender string `yaml:"原名,omitempty"` // its name where the file's differs
	From   string `yaml:"来自,omitempty"` // the mail or archive that it came in
	What   string `yaml:"内容,omitempty"` // 统计表, 工作总结, 邮件 …
	Round  string `yaml:"期次,omitempty"`
	Unit   string `yaml:"单位,omitempty"`
	Became string `yaml:"写成,omitempty"` // the campaign's file
	line   int
}

// HashOf returns a file's hash as a register has it.
func HashOf(data []byte) string {
	return hashOf(sha256.Sum256(data))
}

func hashOf(sum [sha256.Size]byte) string { return "sha256:" + hex.EncodeToString(sum[:]) }

// hashIn returns the hash of a file, of any size.
func hashIn(files fs.FS, name string) (string, error) {
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hashOf([sha256.Size]byte(sum.Sum(nil))), nil
}
