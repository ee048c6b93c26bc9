package publish

import (
	"io"
	"io/fs"

	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Approval writes the 发布审批表 of some files.
func Approval(w io.Writer, v *release.View, layouts fs.FS, list []pdf.Approval) error {
	book := stats.Of(v)
	return papers(v, book, layouts).Write(w, v, book, pdf.ApprovalSheet(v, list))
}
