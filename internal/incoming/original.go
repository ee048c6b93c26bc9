package incoming

import (
	"errors"

	"wangjian/internal/intake"
)

// judgeOriginal takes a file that is only kept: a scan, an attachment, a recording.
// What it does when it is opened, and what could not be read of it, is a doubt.
func (b *Batch) judgeOriginal(f *File) {
	is, err := intake.Read(f.Sender, f.data)
	if refused, ok := errors.AsType[*intake.Refused](err); ok && !f.isMail() { // one that says it in its own words
		f.Refuse("没有导入 %s", f.Name)
		f.Why, f.Hint = refused.What, refused.Hint
		return
	}
	b.nameOwner(f)
	f.Again = len(b.box.Of(f.data)) > 0
	if is != nil && len(is.Active) > 0 {
		f.Doubt, f.Hint = is.Active[0], "打开它以前先问清楚；不放心就不收，请对方另发"
	}
}
