package review

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// What is found of a file that is attached to a public document.
var (
	personal   = []string{"personal-data", "person-name", "party-name", "home-address", "attachment-author"}
	refused    = []string{"attachment-active"}
	unread     = []string{"attachment-unread"}
	placed     = []string{"attachment-picture"} // a photo in it says where it was taken
	pictured   = []string{"picture-unchecked"}  // 图片已核 is asked for
	nothingBad = []string(nil)
)

// gateFiles says what is found of each file of testdata/gate: an error of one of
// the rules, every list of rules for a file of several. A file with nothingBad has
// no error at all.
var gateFiles = map[string][][]string{
	"d00 x00 p00":                         {personal},
	"d01 d02 d03 d04 d06 d09 d19 d23":     {personal},
	"d26 d28 s02 s03":                     {personal},
	"d07 d08 d18 d21 x07":                 {refused},
	"d20":                                 {nothingBad},
	"d24 d25 x15":                         {personal},
	"d11 p14 a-mediaexif":                 {placed, pictured},
	"x01 x03 x04 x05 x09 x10 x19 x17":     {personal},
	"a-connections a-numfmt a-chartsheet": {slices.Concat(personal, refused)},
	"x11 x12":                             {nothingBad},
	"p01 p01b p01c p01e p07":              {personal},
	"p02":                                 {personal},
	"p03 p03b p04 p12 p21":                {unread},
	"p22":                                 {pictured},
	"p05 p06 p09 p10b p25 p27 a-xfa":      {slices.Concat(personal, unread)},
	"p26 a-rendition a-uri-js a-js-decoy-after a-js-objstm-shadow": {refused},
	"p20 p20b p23 p24": {personal},
	"p28":              {nothingBad},
}

// attachedTo returns the small campaign with a file attached to a public document.
func attachedTo(t *testing.T, name string, data []byte) fstest.MapFS {
	t.Helper()
	files := base(t)
	document := files["content/open/fangan.md"]
	files["content/open/"+name] = &fstest.MapFile{Data: data}
	files["content/open/fangan.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(document.Data), "附件: [qingdan.csv]", "附件: [qingdan.csv, "+name+"]", 1))}
	return files
}

// TestGateFiles: what each file of testdata/gate hides is found in the item that
// would publish it, and good files raise nothing.
func TestGateFiles(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	for names, want := range gateFiles {
		for _, name := range strings.Fields(names) {
			found, err := filepath.Glob("testdata/gate/" + name + `[.\-]*`)
			if err != nil || len(found) != 1 {
				t.Fatalf("%s: %v %v", name, found, err)
			}
			tested[found[0]] = true
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				data, err := os.ReadFile(found[0])
				if err != nil {
					t.Fatal(err)
				}
				findings := Read(attachedTo(t, filepath.Base(found[0]), data), onDay).Findings
				for _, rules := range want {
					is := slices.ContainsFunc(findings, func(f campaign.Finding) bool {
						return f.Level == campaign.Error && (rules == nil || slices.Contains(rules, f.Rule) && f.At.File == "content/open/fangan.md")
					})
					if is != (rules != nil) {
						t.Errorf("want an error of %v, got\n%v", rules, findings)
					}
				}
			})
		}
	}
	files, err := filepath.Glob("testdata/gate/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		switch filepath.Ext(file) {
		case ".docx", ".xlsx", ".pptx", ".pdf":
			if !tested[file] {
				t.Errorf("%s has no expectation", file)
			}
		}
	}
}
