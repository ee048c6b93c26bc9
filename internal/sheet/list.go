package sheet

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"

	"wangjian/internal/release"
)

// Listed is a file of a submission as its list names it.
type Listed struct {
	Path, What string
	Size       int64
	SHA256     [sha256.Size]byte
}

// WriteList writes the list of a submission's files for people.
func WriteList(w io.Writer, v *release.View, list []Listed) error {
	wb, err := newWorkbook(v, v.LatestEdition())
	if err != nil {
		return err
	}
	defer wb.file.Close()
	p := wb.sheet("清单", 7, 60, 50, 14, 72)
	p.title(left, v.Campaign().Name+"报送材料清单", fmt.Sprintf("共 %d 个文件。收到后可用 sha256sum -c 清单.txt 核对有没有缺损。", len(list)))
	p.headings(0, "序号", "文件", "说明", "大小（字节）", "SHA-256")
	box := style{align: left, boxed: true}
	for n, l := range list {
		p.next(max(lines(l.Path, p.widths[1]), lines(l.What, p.widths[2])))
		p.number(1, strconv.Itoa(n+1), style{align: centre, boxed: true})
		p.text(2, l.Path, box)
		p.text(3, l.What, box)
		p.number(4, strconv.FormatInt(l.Size, 10), numeric)
		p.text(5, fmt.Sprintf("%x", l.SHA256), box)
	}
	p.print("landscape")
	if wb.err != nil {
		return fmt.Errorf("制作清单：%w", wb.err)
	}
	_, err = wb.file.WriteTo(w)
	return err
}
