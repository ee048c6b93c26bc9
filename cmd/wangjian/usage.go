package main

import (
	"fmt"
	"strings"

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

// usageError returns cobra's message in Chinese.
func usageError(err error) string {
	text := err.Error()
	for _, t := range [][2]string{
		{"unknown command ", "没有命令 "}, {"unknown shorthand flag: ", "没有选项 "}, {"unknown flag: ", "没有选项 "},
		{"flag needs an argument: ", "选项后面要写值："}, {"invalid argument ", "值不对："},
		{"accepts 1 arg(s)", "要写一个文件或文件夹"}, {"accepts at most 1 arg(s)", "最多写一个文件或文件夹"}, {"requires at least 1 arg(s)", "要写至少一个文件"},
	} {
		if rest, ok := strings.CutPrefix(text, t[0]); ok {
			rest, _, _ = strings.Cut(rest, "\n")
			rest, _, _ = strings.Cut(rest, " for \"")
			rest, _, _ = strings.Cut(rest, ", received")
			rest, _, _ = strings.Cut(rest, ", only received")
			rest, _, _ = strings.Cut(rest, " in -")
			return t[1] + rest
		}
	}
	return text
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
