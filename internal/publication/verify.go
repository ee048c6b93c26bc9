package publication

import (
	"context"
	"fmt"
	"os"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/project"
	"wangjian/internal/publish"
)

// Verification is what a published site was found to be. Where it differs from its
// sums it is not made again.
type Verification struct {
	Files   int                  // that its sums list
	OffSums []publish.Difference // from its sums
	Again   *project.Loaded      // what it was compared with; nil for nothing
	Blocked bool                 // the campaign has errors, and the site cannot be made again
	Differs []publish.Difference // from the site made again
	Notes   []string             // Chinese: what else a person has to know
}

// Good reports whether the site is as it should be.
func (v *Verification) Good() bool { return len(v.OffSums)+len(v.Differs) == 0 && !v.Blocked }

// Verifier says what a site is verified against.
type Verifier struct {
	Project   *project.Project
	At        *campaign.Moment // the time that the site is made again for; nil for its own
	SumsOnly  bool             // it is not made again
	Comparing func(n, of int)  // told of each file that is made again, from anywhere; nil for nobody
}

// Address verifies the site at an address, as citizens see it.
func (v Verifier) Address(ctx context.Context, address string, progress func(n, of int)) (*Verification, error) {
	folder, err := os.MkdirTemp("", "wangjian-verify-")
	if err != nil {
		return nil, fmt.Errorf("建立临时文件夹：%w", err)
	}
	defer os.RemoveAll(folder)
	if err := publish.Fetch(ctx, address, folder, progress); err != nil {
		return nil, fmt.Errorf("核对 %s：%w", address, err)
	}
	return v.Folder(ctx, address, folder)
}

// Place verifies a place of 发布 of the campaign in dir, whose folder is at path.
func (v Verifier) Place(ctx context.Context, d *campaign.Destination, dir, path string, progress func(n, of int)) (*Verification, error) {
	switch {
	case d.IsRemote():
		return v.server(ctx, d, dir, progress)
	case d.Package != "":
		return nil, fmt.Errorf("“%s”是上传包，传上去以后核对网站的网址", d.Name)
	}
	return v.Folder(ctx, d.Name, path)
}

// server verifies what is on a server against the last publication that was recorded
// on this machine, in the campaign's folder dir: nothing is missing, extra or altered.
func (v Verifier) server(ctx context.Context, d *campaign.Destination, dir string, progress func(n, of int)) (*Verification, error) {
	folder, err := os.MkdirTemp("", "wangjian-verify-")
	if err != nil {
		return nil, fmt.Errorf("建立临时文件夹：%w", err)
	}
	defer os.RemoveAll(folder)
	count, wrong, notes, err := (&publish.Server{Destination: d, Folder: publish.Folder{Campaign: dir}}).ReadBack(ctx, folder, progress)
	if err != nil {
		return nil, fmt.Errorf("核对 %s：%w", d.Name, err)
	}
	if len(wrong) > 0 {
		return &Verification{Files: count, OffSums: wrong, Notes: notes}, nil
	}
	found, err := v.Folder(ctx, d.Name, folder)
	if found != nil {
		found.Notes = notes
	}
	return found, err
}

// Folder verifies a published folder, which what names, until the context ends.
func (v Verifier) Folder(ctx context.Context, what, folder string) (*Verification, error) {
	count, wrong, err := publish.CheckSums(folder)
	if err != nil {
		return nil, fmt.Errorf("核对 %s：%w", what, err)
	}
	found := &Verification{Files: count, OffSums: wrong}
	if len(wrong) > 0 || v.SumsOnly {
		return found, nil
	}
	at := v.At
	if at == nil {
		published, err := SiteIn(what, folder)
		if err != nil {
			return found, fmt.Errorf("不知道 %s 是哪一天生成的，请用 --date 指定：%w", what, err)
		}
		at = &published.At
	}
	found.Again, err = v.Project.Load(project.Options{Today: func(*campaign.Campaign) campaign.Moment { return *at }})
	if err != nil {
		return found, err
	}
	return found, found.compare(ctx, folder, v.Comparing)
}

// compare makes the site again and compares it with a folder. One that took the cards
// of the build would not check them.
func (v *Verification) compare(ctx context.Context, folder string, told func(n, of int)) error {
	l := v.Again
	if touching, _ := l.Split(); campaign.HasErrors(touching) {
		v.Blocked = true
		return nil
	}
	files, err := l.Plan(l.Public, card.NewPainter(l.Layouts, cache.NewMemory()))
	if err != nil {
		return fmt.Errorf("准备网站：%w", err)
	}
	if v.Differs, err = publish.Compare(ctx, files, folder, 0, told); err != nil {
		return fmt.Errorf("重新生成：%w", err)
	}
	return nil
}
