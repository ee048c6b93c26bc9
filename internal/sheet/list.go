package sheet

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"

	"wangjian/internal/release"
	"wangjian/internal/xlsx"
)

// Listed is a file of a submission as its list names it.
type Listed struct {
	Path, What string
	Size       int64
	SHA256     [sha256.Size]byte
}

// WriteList writes the list of a submission's files for people.
func WriteList(w io.Writer, v *release.View, list []Listed) error {
	wb := newWorkbook(v, v.LatestEdition())
	p := wb.sheet("清单", 7, 60, 50, 14, 72)
	p.title(xlsx.Left, v.Campaign().Name+"报送材料清单", fmt.Sprintf("共 %d 个文件。收到后可用 sha256sum -c 清单.txt 核对有没有缺损。", len(list)))
	p.headings(0, "序号", "文件", "说明", "大小（字节）", "SHA-256")
	for n, l := range list {
		p.Next(max(p.Lines(l.Path, 2, 2), p.Lines(l.What, 3, 3)))
		p.number(1, strconv.Itoa(n+1), centred)
		p.Text(2, l.Path, box)
		p.Text(3, l.What, box)
		p.number(4, strconv.FormatInt(l.Size, 10), numeric)
		p.Text(5, fmt.Sprintf("%x", l.SHA256), box)
	}
	p.Print("landscape")
	return wb.finish(w, "清单")
}
