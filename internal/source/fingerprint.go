package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// A fingerprint stands for what the 终审 has seen. It is the SHA-256 of
//
//   - the front matter (or release.yaml) as keys and values in their order,
//     without 审核 and 更新日期, which come after it: comments, quotes and spacing do not count;
//   - the body, with line ends as LF and without a mark;
//   - the name and the SHA-256 of every file that goes out with the item,
//     sorted: attachments, pictures, videos, what the body links to;
//   - for a round's release.yaml, of every report in the round's folder.
//
// Figures that an item cites are not in it: the round's own sign-off is for
// them.

const fingerprintMark = "wangjian fingerprint 1\n"

// ItemFingerprint returns the fingerprint of an item as its files are now.
func ItemFingerprint(fsys fs.FS, i *campaign.Item) (string, error) {
	text, err := readDecoded(fsys, i.File)
	if err != nil {
		return "", err
	}
	front, body, _, ok := splitFront(text)
	if !ok {
		return "", fmt.Errorf("%s 没有开头的信息", i.File)
	}
	return fingerprint(fsys, i.File, front, body, i.Files())
}

// RoundFingerprint returns the fingerprint of a round's figures.
func RoundFingerprint(fsys fs.FS, round *campaign.Round) (string, error) {
	folder := "data/" + round.Code
	text, err := readDecoded(fsys, folder+"/release.yaml")
	if err != nil {
		return "", err
	}
	var files []string
	err = fs.WalkDir(fsys, folder, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && path.Ext(name) == ".yaml" && !ignored(e.Name()) && name != folder+"/release.yaml" {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("读 %s：%w", folder, err)
	}
	return fingerprint(fsys, folder+"/release.yaml", text, nil, files)
}

func readDecoded(fsys fs.FS, file string) ([]byte, error) {
	raw, err := fs.ReadFile(safely(fsys), file)
	if err != nil {
		return nil, fmt.Errorf("读不出 %s：%s", file, reason(err))
	}
	text, err := Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", file, err)
	}
	return text, nil
}

func fingerprint(fsys fs.FS, name string, front, body []byte, files []string) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(front, &doc); err != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return "", fmt.Errorf("%s 开头的信息读不出来", name)
	}
	hash := sha256.New()
	io.WriteString(hash, fingerprintMark)
	root := doc.Content[0]
	for n := 0; n+1 < len(root.Content); n += 2 {
		if key := root.Content[n].Value; key != "审核" && key != "更新日期" {
			hashNode(hash, root.Content[n])
			hashNode(hash, root.Content[n+1])
		}
	}
	fmt.Fprintf(hash, "body %d\n", len(body))
	hash.Write(body)
	slices.Sort(files)
	for _, file := range slices.Compact(files) {
		f, err := fsys.Open(file)
		if err != nil {
			return "", fmt.Errorf("读不出 %s：%s", file, reason(err))
		}
		own := sha256.New()
		_, err = io.Copy(own, f)
		f.Close()
		if err != nil {
			return "", fmt.Errorf("读不出 %s：%s", file, reason(err))
		}
		fmt.Fprintf(hash, "\nfile %q %x", file, own.Sum(nil))
	}
	return "sha256:" + hex.EncodeToString(hash.Sum(nil)), nil
}

// hashNode writes what a node says, so that no two different nodes write the
// same.
func hashNode(w io.Writer, n *yaml.Node) {
	fmt.Fprintf(w, "%d %s %d %q\n", n.Kind, n.ShortTag(), len(n.Content), n.Value)
	for _, c := range n.Content {
		hashNode(w, c)
	}
}

// checkFingerprint notes whether a record was changed after its 终审. What
// cannot be read is told elsewhere, and counts as changed.
func checkFingerprint(record *campaign.Release, now func() (string, error)) {
	if final, _ := record.Signoffs.Of(campaign.FinalReview); final.Fingerprint != "" {
		is, err := now()
		record.Changed = err != nil || is != final.Fingerprint
	}
}
