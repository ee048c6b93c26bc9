package markdown

import (
	"testing"
)

func TestColumnsOfFiguresStandFlushRight(t *testing.T) {
	tree, _ := Parse([]byte(`| 项目 | 单位 | 数量 | 金额 | 说明 | 空 | 左 |
| --- | --- | --- | --- | --- | --- | :-- |
| 查处 | 件 | 1,231 | {{公安局/涉案金额|数值}} | 12 | | 1 |
| 其中 | 件 | — | -43.5% | 约12件 | — | 2 |
`), "x.md", 1)
	want := []Align{AlignNone, AlignNone, AlignRight, AlignRight, AlignNone, AlignNone, AlignLeft}
	for i, row := range tree.Blocks[0].Children {
		for j, cell := range row.Children {
			if cell.Align != want[j] {
				t.Errorf("第 %d 行第 %d 列对齐为 %d，应为 %d", i+1, j+1, cell.Align, want[j])
			}
		}
	}
}
