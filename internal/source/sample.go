package source

import (
	"io/fs"

	"wangjian/internal/campaign"
	"wangjian/internal/scaffold"
)

const sampleHint = "换成自己的内容，或移走；整个活动只作示例的，在 data/campaign.yaml 写“示例: true”"

// checkSample reports what an item has of the built-in sample: its body and its
// files.
func (r *reader) checkSample(i *campaign.Item, body []byte) {
	if r.c.Sample {
		return
	}
	if scaffold.SampleBody(body) {
		r.fail("sample-material", campaign.Position{File: i.File, Line: i.Body.FirstLine, Column: 1}, "正文是内置的示例，内容是虚构的", sampleHint)
	}
	for _, file := range i.Files() {
		info, err := fs.Stat(r.fsys, file)
		if err == nil && scaffold.SampleFile(info.Size(), func() ([]byte, error) { return r.fsys.read(file) }) {
			r.fail("sample-material", campaign.InFile(file), "文件是内置的示例，内容是虚构的", sampleHint)
		}
	}
}

// checkSampleFile reports a form or a round's release.yaml that is the sample's.
func (r *reader) checkSampleFile(file string, text []byte) {
	if !r.c.Sample && scaffold.SampleFile(int64(len(text)), func() ([]byte, error) { return text, nil }) {
		r.fail("sample-material", campaign.InFile(file), "文件是内置的示例，数字和签字是虚构的", sampleHint)
	}
}
