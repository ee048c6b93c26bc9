package layouts

import "testing"

func TestWithoutComments(t *testing.T) {
	const css = "/* head */\na::before { content: \"/* kept */\"; } /* gone\n twice */\nb { background: url(data:,/*x*/); content: '\\'/*y*/'; }\n"
	const want = "a::before { content: \"/* kept */\"; } b { background: url(data:,/*x*/); content: '\\'/*y*/'; }\n"
	if got := string(WithoutComments([]byte(css))); got != want {
		t.Errorf("got %q", got)
	}
}
