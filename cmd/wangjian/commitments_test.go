//go:build whole

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestCommitmentFilter: the list of commitments shows those with every word and of the
// chosen kind, says how many, and is whole without scripts.
func TestCommitmentFilter(t *testing.T) {
	t.Parallel()
	b := newTab(t, 390, 800)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"commitments/index.html"))
	const shown = `[...document.querySelectorAll('#_commitments tbody tr')].filter(r => r.offsetHeight).length + ' ' + document.querySelector('[data-filter] output').textContent`
	if got := eval[string](t, b, shown); got != "4 共4份" {
		t.Errorf("at first: %s", got)
	}
	b.do(t, chromedp.SendKeys("#_filter-words", "食品 2022-10"))
	if got := eval[string](t, b, shown); got != "1 共4份，显示1份" {
		t.Errorf("with two words: %s", got)
	}
	eval[bool](t, b, `(() => { document.getElementById('_filter-words').value = '';
		const kind = document.getElementById('_filter-kind'); kind.value = '平台内经营者'; return kind.dispatchEvent(new Event('input', { bubbles: true })); })()`)
	if got := eval[string](t, b, shown); got != "2 共4份，显示2份" {
		t.Errorf("of a kind: %s", got)
	}
}
