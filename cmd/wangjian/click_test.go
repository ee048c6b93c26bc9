package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// TestClicked: what a person reads who double-clicks the program, or drops a
// folder on it, is Chinese, and the window waits for them.
func TestClicked(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, c := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"no campaign":    {nil, 0, "工作台正在浏览器里打开"},
		"dropped folder": {[]string{smallCampaign}, 0, "工作台正在浏览器里打开"},
		"dropped file":   {[]string{"click_test.go"}, 2, "没有命令"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			if c.status == 0 {
				ctx = stopped // the preview ends at once
			}
			var out bytes.Buffer
			in := strings.NewReader("\n")
			status := clicked(ctx, c.args, system{Stdin: in, Stdout: &out, Stderr: &out, Now: time.Now})
			if c.status != 0 && status != c.status || !strings.Contains(out.String(), c.want) || !strings.HasSuffix(out.String(), "按回车键关闭这个窗口。") || in.Len() > 0 {
				t.Errorf("status %d, %d bytes unread:\n%s", status, in.Len(), out.String())
			}
		})
	}
	if cobra.MousetrapHelpText != "" {
		t.Errorf("cobra stops the program with %q", cobra.MousetrapHelpText)
	}
}
