package portal

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"

	"wangjian/internal/atom"
	"wangjian/internal/campaign"
	"wangjian/internal/publish"
	"wangjian/internal/sheet"
)

// Site is what the portal has of a published site.
type Site struct {
	Title    string // 简称, or 名称 where another site has the same
	Campaign Campaign
	Host     string // 主办单位
	Created  string // RFC 3339, of the newest figures; "" for none
	Rounds   []Round
	Figures  []Figure // of the whole, not of single regions
	Feed     atom.Feed
}

// Campaign is what a site is of, as its data package says it.
type Campaign struct {
	Name     string `json:"名称"`
	Short    string `json:"简称"`
	Tier     string `json:"层级"`
	Division string `json:"区划代码"`
	From     string `json:"起"`
	To       string `json:"止"`
	Sample   bool   `json:"示例"`
	URL      string `json:"网址"` // with a slash at its end
}

// Round is a round whose figures are published.
type Round struct {
	Name      string `json:"名称"`
	Basis     string `json:"口径"`
	Published string `json:"公布"`
}

// Figure is a published figure.
type Figure struct {
	Round, Department, Code, Name, Parent, Unit string
	Quantity, Remark                            string // as published
}

// dataPackage is the part of data/datapackage.json that is read.
type dataPackage struct {
	Campaign     *Campaign `json:"campaign"`
	Created      string    `json:"created"`
	Contributors []struct {
		Title string `json:"title"`
	} `json:"contributors"`
	Rounds    []Round `json:"rounds"`
	Resources []struct {
		Name string `json:"name"`
		Path string `json:"path"`
	} `json:"resources"`
}

// Read reads a published site. Its errors are Chinese.
func Read(files fs.FS) (*Site, error) {
	site, err := publish.OpenSite(files)
	if err != nil {
		return nil, err
	}
	if !site.Has(sheet.PackagePath) {
		return nil, fmt.Errorf("它不是一个行动的网站（没有 %s）：门户只放各行动的网站", sheet.PackagePath)
	}
	raw, err := site.Read(sheet.PackagePath)
	if err != nil {
		return nil, err
	}
	var described dataPackage
	if err := json.Unmarshal(raw, &described); err != nil {
		return nil, fmt.Errorf("%s 不是完整的 JSON", sheet.PackagePath)
	}
	if described.Campaign == nil {
		return nil, fmt.Errorf("%s 里没有行动的名称：用这一版的网剑重新生成这个网站", sheet.PackagePath)
	}
	s := &Site{Title: described.Campaign.Short, Campaign: *described.Campaign, Created: described.Created, Rounds: described.Rounds}
	if u, err := url.Parse(s.Campaign.URL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("%s没有网址，不能链接到它：在它的 data/campaign.yaml 里写“站点”的“域名”或“网址”，重新生成", s.Campaign.Short)
	}
	for _, c := range described.Contributors {
		s.Host = c.Title
	}
	for _, r := range described.Resources {
		if r.Name == "statistics" {
			if s.Figures, err = figures(site, path.Join(path.Dir(sheet.PackagePath), r.Path)); err != nil {
				return nil, err
			}
		}
	}
	if raw, err = site.Read("feed.xml"); err != nil {
		return nil, err
	}
	if err := xml.Unmarshal(raw, &s.Feed); err != nil {
		return nil, fmt.Errorf("feed.xml 不是完整的 XML")
	}
	return s, nil
}

// Distinguish sets titles by which readers can tell the sites apart, and refuses those that have
// the same address, or the same names; where names each as the person did.
func Distinguish(sites []*Site, where []string) error {
	short, names, addresses := map[string]int{}, map[string]string{}, map[string]string{}
	for n, s := range sites {
		c := s.Campaign
		short[c.Short]++
		if other, twice := addresses[c.URL]; twice {
			return fmt.Errorf("%s 和 %s 的网址都是 %s：一个网站只写一次", other, where[n], c.URL)
		}
		both := c.Short + "\n" + c.Name
		if other, twice := names[both]; twice {
			return fmt.Errorf("%s 和 %s 的名称、简称都是“%s”，放在一起分不出：在一个的 data/campaign.yaml 里写上年份或地方，重新生成", other, where[n], c.Name)
		}
		addresses[c.URL], names[both] = where[n], where[n]
	}
	for _, s := range sites {
		if s.Title = s.Campaign.Short; short[s.Title] > 1 {
			s.Title = s.Campaign.Name
		}
	}
	return nil
}

// figures reads the table of figures: those of the whole that were reported.
func figures(site *publish.Site, name string) (list []Figure, err error) {
	raw, err := site.Read(name)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s 不是完整的 CSV", name)
	}
	var at [9]int
	for n, column := range []string{"期次", "部门", "地区", "项目代码", "项目", "隶属", "单位", "数量", "备注"} {
		if at[n] = slices.Index(rows[0], column); at[n] < 0 {
			return nil, fmt.Errorf("%s 没有“%s”这一列", name, column)
		}
	}
	for n, row := range rows[1:] {
		f := Figure{row[at[0]], row[at[1]], row[at[3]], row[at[4]], row[at[5]], row[at[6]], row[at[7]], row[at[8]]}
		if row[at[2]] != "" || f.Quantity == "" {
			continue
		}
		if _, err := campaign.ParseQuantity(f.Quantity); err != nil {
			return nil, fmt.Errorf("%s 第 %d 行的数量“%s”不是数", name, n+2, f.Quantity)
		}
		list = append(list, f)
	}
	return list, nil
}
