// Package data embeds the sample campaign's data, from which wangjian new
// makes a campaign.
package data

import "embed"

// Files holds campaign.yaml, form.yaml and a folder a round.
//
//go:embed *
var Files embed.FS
