package main

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/spf13/cobra"
)

// TestHelpIsChinese: no word of the libraries' English is left in the help of
// any command; what may stand in Latin letters are commands, flags, file names
// and formats.
func TestHelpIsChinese(t *testing.T) {
	english := regexp.MustCompile(`(?i)\b(default|flags?|string|strings|int|bool|duration|usage|help for|available|commands?|global|aliases|use "|for more)\b`)
	var each func(*cobra.Command)
	each = func(cmd *cobra.Command) {
		var out bytes.Buffer
		cmd.SetOut(&out)
		if err := cmd.Help(); err != nil {
			t.Fatal(err)
		}
		if out.Len() == 0 {
			t.Errorf("%s: no help", cmd.CommandPath())
		}
		if word := english.FindString(out.String()); word != "" {
			t.Errorf("%s: %q is left in the help:\n%s", cmd.CommandPath(), word, out.String())
		}
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				each(sub)
			}
		}
	}
	each(new(app).command())
}

// TestWrongUsageIsChinese: every message that cobra and pflag have for the person
// at the terminal, brought about as a person does, is Chinese.
func TestWrongUsageIsChinese(t *testing.T) {
	command := func(args cobra.PositionalArgs, more func(*cobra.Command)) *cobra.Command {
		cmd := &cobra.Command{Use: "命令", Args: args, RunE: func(*cobra.Command, []string) error { return nil }, SilenceErrors: true, SilenceUsage: true}
		cmd.Flags().StringP("甲", "o", "", "")
		cmd.Flags().String("乙", "", "")
		cmd.Flags().Int("数", 0, "")
		cmd.Flags().Bool("是否", false, "")
		if more != nil {
			more(cmd)
		}
		return cmd
	}
	for want, c := range map[string]struct {
		cmd  *cobra.Command
		args []string
	}{
		"没有选项 --没有":                        {command(nil, nil), []string{"--没有"}},
		"没有选项 -x":                          {command(nil, nil), []string{"-x"}},
		"选项写得不对：--=x":                      {command(nil, nil), []string{"--=x"}},
		"选项 -o（--甲） 后面要写值":                 {command(nil, nil), []string{"--甲"}},
		"选项 --乙 后面要写值":                     {command(nil, nil), []string{"--乙"}},
		"选项 --数 的值“多”不对，要写整数":              {command(nil, nil), []string{"--数", "多"}},
		"选项 --是否 的值“也许”不对，要写 true 或 false": {command(nil, nil), []string{"--是否=也许"}},
		"没有命令 \"多\"": {command(nil, func(cmd *cobra.Command) {
			cmd.AddCommand(&cobra.Command{Use: "下级", Run: func(*cobra.Command, []string) {}})
		}), []string{"多"}},
		"命令 后面只写选项，不认“多”":            {command(nothing, nil), []string{"多"}},
		"命令 后面不认 \"多\"":              {&cobra.Command{Use: "命令", ValidArgs: []string{"少"}, Args: cobra.OnlyValidArgs, Run: func(*cobra.Command, []string) {}, SilenceErrors: true, SilenceUsage: true}, []string{"多"}},
		"后面要写至少 2 个文件或名称，现在有 1 个":    {command(cobra.MinimumNArgs(2), nil), []string{"多"}},
		"后面最多写 1 个文件、文件夹或名称，现在有 2 个": {command(cobra.MaximumNArgs(1), nil), []string{"多", "多"}},
		"后面要写 1 个文件或名称，现在有 0 个":      {command(cobra.ExactArgs(1), nil), []string{}},
		"后面要写 1 到 2 个文件或名称，现在有 0 个":  {command(cobra.RangeArgs(1, 2), nil), []string{}},
		"没有写必需的选项 \"乙\"":             {command(nil, func(cmd *cobra.Command) { _ = cmd.MarkFlagRequired("乙") }), []string{}},
		"选项 甲 乙 要一起写，缺 乙":            {command(nil, func(cmd *cobra.Command) { cmd.MarkFlagsRequiredTogether("甲", "乙") }), []string{"--甲", "1"}},
		"选项 甲 乙 至少写一个":               {command(nil, func(cmd *cobra.Command) { cmd.MarkFlagsOneRequired("甲", "乙") }), []string{}},
		"选项 甲 乙 只能写一个，现在有 乙 甲":       {command(nil, func(cmd *cobra.Command) { cmd.MarkFlagsMutuallyExclusive("甲", "乙") }), []string{"--甲", "1", "--乙", "2"}},
	} {
		c.cmd.SetArgs(c.args)
		err := c.cmd.Execute()
		if err == nil {
			t.Errorf("%s: no error", want)
		} else if got := usageError(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}
