package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	web "github.com/pkg/browser"
	"github.com/spf13/cobra"

	"wangjian/internal/desk"
)

func (a *app) deskCommand() *cobra.Command {
	var address string
	var remote, silent, shortcut bool
	cmd := &cobra.Command{
		Use:   "desk [文件夹]",
		Short: "在浏览器里做全部工作：收件、检查、进度、发布、审签、报送",
		Long:  "打开工作台：在浏览器里收件、检查、看进度、发布、审签、报送，写的就是活动文件夹里的文件。\n不写文件夹时打开 -C 的，或当前文件夹，都不是专项行动的，打开上次的那个。",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if shortcut {
				return a.shortcut()
			}
			dir := ""
			switch {
			case len(args) == 1:
				dir = a.under(args[0])
			case cmd.Flags().Changed("directory") || isCampaign(a.dir):
				dir = a.dir
			}
			a.commit()
			o := desk.Options{Dir: dir, Addr: address, Remote: remote, Today: a.today, Asked: a.asked != nil, Clock: a.clock, Messages: a.said, Log: a.Stdout, Config: configFolder(), Browse: a.Browse}
			if silent {
				o.Browse = nil
			}
			if isTerminal(a.Stdout) {
				o.Again = func() <-chan struct{} { return entered(a.Stdin) }
			}
			if err := desk.Serve(cmd.Context(), o); err != nil {
				return failure{err}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&address, "addr", "", "工作台的地址，如 127.0.0.1:8090；不写时用一个空闲的端口")
	cmd.Flags().BoolVar(&remote, "allow-remote", false, "允许 --addr 用别的电脑能打开的地址")
	cmd.Flags().BoolVar(&silent, "no-browser", false, "不打开浏览器，只写出地址")
	cmd.Flags().BoolVar(&shortcut, "shortcut", false, "统信UOS、银河麒麟：在桌面和启动器里放一个网剑的图标，双击就打开工作台")
	return cmd
}

// shortcut puts the program on a Linux desktop.
func (a *app) shortcut() error {
	if runtime.GOOS != "linux" {
		return errors.New("--shortcut 只用在统信UOS、银河麒麟等 Linux 上；Windows 直接双击 wangjian.exe")
	}
	program, err := os.Executable()
	if err != nil {
		return failure{err}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return failure{err}
	}
	files, err := desk.Shortcut(program, home)
	if err != nil {
		return failure{err}
	}
	for _, name := range files[1:] {
		fmt.Fprintln(a.Stdout, "已写 "+name)
	}
	fmt.Fprintln(a.Stdout, "双击桌面上的“网剑”，或从启动器里打开；程序换了地方，再运行一次。")
	return nil
}

// configFolder is where the list of recent campaigns is; "" where the system has no
// place for it.
func configFolder() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "wangjian")
}

// openBrowser opens an address in the system's browser, which says nothing here.
func openBrowser(address string) error {
	web.Stdout, web.Stderr = io.Discard, io.Discard
	return web.OpenURL(address)
}

// entered tells of each line that is entered.
func entered(in io.Reader) <-chan struct{} {
	lines := make(chan struct{})
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(in); s.Scan(); {
			lines <- struct{}{}
		}
	}()
	return lines
}
