package chart

import "testing"

func TestCodesOfPapers(t *testing.T) {
	b, c := sample(t)
	for _, test := range []struct{ what, got, want string }{
		{"key figures", KeyCode(b, c), "zongti"},
		{"a department", OwnCode(b, c, c.FindDepartment("gongan")), "gongan-bijiao"},
		{"one without rows", OwnCode(b, c, c.FindDepartment("shangwu")), ""},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
}
