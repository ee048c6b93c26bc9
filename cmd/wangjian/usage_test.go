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
