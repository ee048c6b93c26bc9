// Package content embeds the sample campaign's texts, pictures and documents,
// from which wangjian new makes a campaign.
package content

import "embed"

// Files holds a folder a kind of content.
//
//go:embed *
var Files embed.FS
