package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
)

// sender is whose form or narrative a command is about, as its flags say.
type sender struct {
	round, department, region string
}

func (s *sender) flags(cmd *cobra.Command, region bool) {
	cmd.Flags().StringVar(&s.round, "round", "", "期次，如 final 或 终期")
	cmd.Flags().StringVar(&s.department, "department", "", "部门，如 gongan 或 公安局")
	if region {
		cmd.Flags().StringVar(&s.region, "region", "", "地区，如 360702 或 章贡区")
	}
}

// find looks the names up; what was not given is nil. Its error is wrong usage.
func (s *sender) find(c *campaign.Campaign) (round *campaign.Round, d *campaign.Department, region *campaign.Region, err error) {
	if s.round != "" {
		if round = c.FindRound(s.round); round == nil {
			return nil, nil, nil, unknownName("期次", s.round, campaign.Nearest(s.round, campaign.NamesOf(c.Rounds)))
		}
	}
	if s.department != "" {
		if d = c.FindDepartment(s.department); d == nil {
			return nil, nil, nil, unknownName("部门", s.department, campaign.Nearest(s.department, campaign.NamesOf(c.Departments)))
		}
	}
	if s.region != "" {
		if region = c.FindRegion(s.region); region == nil {
			return nil, nil, nil, unknownName("地区", s.region, campaign.Nearest(s.region, campaign.NamesOf(c.Regions)))
		}
	}
	return round, d, region, nil
}

func unknownName(what, name, nearest string) error {
	if nearest != "" {
		return fmt.Errorf("没有叫“%s”的%s，是不是“%s”？", name, what, nearest)
	}
	return fmt.Errorf("没有叫“%s”的%s", name, what)
}
