package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"wangjian/internal/cause"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usage prints how a command is called, in Chinese: cobra's own template writes
// its types and defaults in English.
func usage(cmd *cobra.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "用法：\n  %s%s [选项]", cmd.CommandPath(), strings.TrimPrefix(cmd.Use, cmd.Name()))
	if cmd.HasAvailableSubCommands() {
		b.WriteString(" [命令]\n\n命令：")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "\n  %-*s  %s", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	b.WriteString("\n")
	flags(&b, "选项", cmd.LocalFlags())
	flags(&b, "各命令都有的选项", cmd.InheritedFlags())
	_, err := fmt.Fprint(cmd.OutOrStdout(), b.String())
	return err
}

// nothing is for commands that take no words behind them. (cobra.NoArgs takes
// such a word for a command.)
func nothing(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || cmd.HasSubCommands() {
		return cobra.NoArgs(cmd, args)
	}
	return fmt.Errorf("%s 后面只写选项，不认“%s”", cmd.CommandPath(), args[0])
}

// flagWords are pflag's words; a type's is as wide on screen as what it
// replaces, so that the columns stay.
var flagWords = strings.NewReplacer(" strings ", " 文字    ", " string ", " 文字   ", " int ", " 数  ", " (default ", "（默认 ")

func flags(b *strings.Builder, head string, set *pflag.FlagSet) {
	if !set.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(b, "\n%s：\n", head)
	for line := range strings.Lines(set.FlagUsages()) {
		line = flagWords.Replace(strings.TrimSuffix(line, "\n"))
		if strings.Contains(line, "（默认 ") {
			line = strings.TrimSuffix(line, ")") + "）"
		}
		b.WriteString(line + "\n")
	}
}

// usageError returns what is wrong with how a command was called, in Chinese.
func usageError(err error) string {
	if missing, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if missing.GetSpecifiedShortnames() != "" {
			return "没有选项 -" + missing.GetSpecifiedName()
		}
		return "没有选项 --" + missing.GetSpecifiedName()
	}
	if bare, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return "选项 " + flagName(bare.GetFlag()) + " 后面要写值"
	}
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return fmt.Sprintf("选项 %s 的值“%s”不对，要写%s", flagName(wrong.GetFlag()), wrong.GetValue(), valueWords[wrong.GetFlag().Value.Type()])
	}
	if wrong, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return "选项写得不对：" + wrong.GetSpecifiedFlag()
	}
	for _, m := range cobraMessages {
		if m.is.MatchString(err.Error()) {
			return m.is.ReplaceAllString(err.Error(), m.words)
		}
	}
	return cause.In(err)
}

// flagName is a flag as it is written, in both ways.
func flagName(f *pflag.Flag) string {
	if f.Shorthand != "" {
		return "-" + f.Shorthand + "（--" + f.Name + "）"
	}
	return "--" + f.Name
}

// valueWords say what the value of a type of flag is.
var valueWords = map[string]string{"bool": " true 或 false", "int": "整数", "string": "文字", "stringSlice": "文字", "stringArray": "文字"}

// cobraMessages are the messages of cobra, which have no types.
var cobraMessages = []struct {
	is    *regexp.Regexp
	words string
}{
	{regexp.MustCompile(`(?s)^unknown command (".*?") for "[^"]*".*`), "没有命令 $1"},
	{regexp.MustCompile(`(?s)^invalid argument (".*?") for "([^"]*)".*`), "$2 后面不认 $1"},
	{regexp.MustCompile(`^requires at least (\d+) arg\(s\), only received (\d+)$`), "后面要写至少 $1 个文件或名称，现在有 $2 个"},
	{regexp.MustCompile(`^accepts at most (\d+) arg\(s\), received (\d+)$`), "后面最多写 $1 个文件、文件夹或名称，现在有 $2 个"},
	{regexp.MustCompile(`^accepts (\d+) arg\(s\), received (\d+)$`), "后面要写 $1 个文件或名称，现在有 $2 个"},
	{regexp.MustCompile(`^accepts between (\d+) and (\d+) arg\(s\), received (\d+)$`), "后面要写 $1 到 $2 个文件或名称，现在有 $3 个"},
	{regexp.MustCompile(`^required flag\(s\) (.*) not set$`), "没有写必需的选项 $1"},
	{regexp.MustCompile(`^if any flags in the group \[(.*)\] are set they must all be set; missing \[(.*)\]$`), "选项 $1 要一起写，缺 $2"},
	{regexp.MustCompile(`^at least one of the flags in the group \[(.*)\] is required$`), "选项 $1 至少写一个"},
	{regexp.MustCompile(`^if any flags in the group \[(.*)\] are set none of the others can be; \[(.*)\] were all set$`), "选项 $1 只能写一个，现在有 $2"},
}

// nearCommands returns the commands that args may have meant, as words to
// append, where they name one that does not exist.
func nearCommands(root *cobra.Command, args []string) string {
	cmd, value := root, false
	for _, name := range args {
		if value || strings.HasPrefix(name, "-") {
			value = !value && !strings.Contains(name, "=")
			continue
		}
		if sub, _, err := cmd.Find([]string{name}); err == nil && sub != cmd {
			cmd = sub
			continue
		}
		cmd.SuggestionsMinimumDistance = 2
		near := cmd.SuggestionsFor(name)
		if len(near) == 0 {
			return ""
		}
		for i := range near {
			near[i] = cmd.CommandPath() + " " + near[i]
		}
		return "，是不是 " + strings.Join(near, " 或 ")
	}
	return ""
}
