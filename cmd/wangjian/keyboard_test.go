//go:build whole

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// walk numbers what can be reached by keyboard, in the order of the document,
// and notes from then on where the focus goes and whether that can be seen.
const walk = `(() => {
	const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, video[controls], [tabindex]')].filter(e =>
		!e.disabled && e.tabIndex >= 0 && (e.type !== 'radio' || e.checked) && e.checkVisibility({ visibilityProperty: true }));
	const marked = e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; };
	window.walked = [];
	document.addEventListener('focusin', event => {
		const e = event.target, label = e.labels && e.labels.length && getComputedStyle(e).opacity === '0' ? e.labels[0] : e;
		walked.push({ at: all.indexOf(e), seen: marked(label), what: e.outerHTML.slice(0, 90) });
	});
	const start = document.createElement('a'); // Tab goes on from where it stood
	start.href = '#';
	document.body.prepend(start);
	start.focus();
	start.remove();
	walked = [];
	return all.length;
})()`

// videoControls is how many of a browser's own controls a video may have.
const videoControls = 15

// pressTab presses the key and does not let it go: a browser answers once a
// frame, so that every event counts.
func pressTab(t *testing.T, b *tab) {
	t.Helper()
	call(t, b, input.DispatchKeyEvent, input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeRawKeyDown, Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9, NativeVirtualKeyCode: 9,
	})
}

type step struct {
	At   int
	Seen bool
	What string
}

// TestKeyboard walks through every page kind with Tab alone: everything that
// can be used is reached, in the order of the document, the focus can be seen
// on each, and nothing holds it.
func TestKeyboard(t *testing.T) {
	b := newTab(t, 1280, 900)
	base := fileURL(site(t))
	for _, kind := range pageKinds {
		b.do(t, chromedp.Navigate(base+kind))
		eval[int](t, b, settled)
		count := eval[int](t, b, walk)
		for range count + 1 + videoControls*eval[int](t, b, `document.querySelectorAll('video').length`) {
			pressTab(t, b)
		}
		for _, fault := range walkFaults(eval[[]step](t, b, `walked`), count) {
			t.Errorf("%s: %s", kind, fault)
		}
	}
}

// walkFaults says where a walk leaves the order or loses sight of the focus.
func walkFaults(walked []step, count int) []string {
	var faults []string
	next := 0
	for _, s := range walked {
		switch {
		case next == count || s.At == next-1 || s.At < 0 && strings.Contains(s.What, `"#_top"`):
			continue // beyond the end, still in a video's own controls, or 返回顶部, which shows once the page is scrolled
		case s.At != next:
			return append(faults, fmt.Sprintf("after %d of %d elements Tab goes to number %d: %s", next, count, s.At, s.What))
		case !s.Seen:
			faults = append(faults, "the focus cannot be seen on "+s.What)
		}
		next++
	}
	if next != count {
		faults = append(faults, fmt.Sprintf("Tab reaches %d of %d elements", next, count))
	}
	return faults
}

// TestKeyboardSees: the walk notices a wrong order, a trap and an unseen focus.
func TestKeyboardSees(t *testing.T) {
	b := newTab(t, 800, 600)
	for name, html := range map[string]string{
		"order": `<a href="#" tabindex="2">b</a><a href="#" tabindex="1">a</a>`,
		"trap":  `<a href="#">a</a><input onkeydown="event.preventDefault()"><a href="#">b</a>`,
		"sight": `<style>a:focus { outline: none }</style><a href="#">a</a><a href="#">b</a>`,
		"good":  `<style>:focus { outline: 3px solid }</style><a href="#">a</a><button>b</button>`,
	} {
		b.do(t, chromedp.Navigate("data:text/html,"+strings.NewReplacer(" ", "%20", "#", "%23").Replace(html)))
		count := eval[int](t, b, walk)
		for range count {
			pressTab(t, b)
		}
		if faults := walkFaults(eval[[]step](t, b, `walked`), count); (len(faults) > 0) != (name != "good") {
			t.Errorf("%s: %v", name, faults)
		}
	}
}
