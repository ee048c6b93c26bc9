package review

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

var referenceGoesWithWord = Rule{
	Code: "reference-word", Level: campaign.Warning,
	Words: "变化、新增、增幅的引用和前面的字连得通：不印成“新增减少7次”“下降-3.5%”。",
	Check: func(c *Context) {
		for _, i := range c.Campaign.Items {
			for _, ref := range i.Body.References {
				if !ref.Aspect.Compares() {
					continue
				}
				cited, err := c.Book.Cite(ref, i)
				if err != nil {
					continue // referenceResolves reports it
				}
				if err := misread(ref, cited); err != nil {
					c.Reportf(ref.At, "引用写成｜变化，会自己印出增加、减少或持平；前面的那个词删去", "引用“{{%s}}”：%s", ref.Raw, err)
				}
			}
		}
	},
}

// moves are the words before a change that say how a figure moved: up, or down.
var moves = regexp.MustCompile(`(?:(新增|净增|增加|增长|上升|提高)|减少|下降|降低)$`)

// misread finds a change that does not go with the word before it: 新增减少7次,
// 下降-3.5%, 减少12件 of a figure that grew.
func misread(ref campaign.Reference, cited stats.Citation) error {
	word := moves.FindStringSubmatch(strings.TrimRight(ref.Before, "了约为 *"))
	value, err := decimal.NewFromString(cited.Value)
	if word == nil || err != nil {
		return nil
	}
	switch up := word[1] != ""; {
	case ref.Aspect == campaign.Movement: // says the word itself
	case value.IsPositive() && up, value.IsZero() && ref.Aspect == campaign.Increase:
		return nil
	}
	return fmt.Errorf("印出来是“%s%s”，读不通", word[0], cited.Text)
}
