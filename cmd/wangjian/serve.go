package main

import (
	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/preview"
	"wangjian/internal/project"
	"wangjian/internal/release"
)

func (a *app) serveCommand() *cobra.Command {
	var address string
	var remote bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "在本机预览，改了文件自动刷新；没有公开的内容也显示并标明",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := a.folder(); err != nil {
				return err
			}
			a.commit()
			err := preview.Serve(cmd.Context(), preview.Options{
				Addr: address, Remote: remote,
				Load: a.loadPreview, Overtaken: a.overtaken,
				Root: a.dir, Watch: []string{"data", "content", "layouts"},
				Log: a.Stdout,
			})
			if err != nil {
				return failf("%w", err)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&remote, "allow-remote", false, "允许 --addr 用别的电脑能打开的地址（没有公开的内容也看得到）")
	cmd.Flags().StringVar(&address, "addr", "127.0.0.1:8080", "预览的地址")
	return cmd
}

// shows notes what the preview has loaded.
func (a *app) shows(result *project.Loaded) {
	a.loaded, a.shown = result.Campaign, new(release.Unchanged(result.Campaign, result.At))
}

// overtaken reports whether the campaign shows something else by now than when
// it was read last.
func (a *app) overtaken() bool {
	return a.shown != nil && !a.shown.Covers(a.today(a.loaded))
}

// loadPreview reads the campaign anew for the preview: the office's view. Only
// the files named can have changed, or any where changed is nil.
func (a *app) loadPreview(changed []string) ([]release.File, []campaign.Finding, error) {
	a.shown, a.now = nil, a.now.Update(a.dir, changed)
	result, err := a.read()
	if err != nil {
		return nil, nil, err
	}
	a.shows(result)
	if campaign.HasErrors(result.Findings) {
		return nil, result.Findings, nil
	}
	files, err := result.Plan(result.Whole, a.project.Drawer(result.Layouts))
	return files, result.Findings, err
}
