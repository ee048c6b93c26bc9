package source

import (
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// layoutTexts are the kinds of files in a campaign's own layouts whose words
// reach the pages.
var layoutTexts = []string{".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".md", ".webmanifest"}

// InLayouts reports whether a file is laid over the built-in templates or assets:
// it is no YAML, and its comments are published with it.
func InLayouts(file string) bool {
	return strings.HasPrefix(file, looksFolder+"/templates/") || strings.HasPrefix(file, looksFolder+"/assets/") || file == looksFolder+"/logo.svg"
}

// readLayouts shows the texts of the campaign's own layouts to the inspectors:
// what stands in a template stands on every page, and assets are published as
// they are. Libraries (*.min.js) have no words of the campaign's.
func (r *reader) readLayouts() {
	r.readLayoutFolder(looksFolder + "/templates")
	r.readLayoutFolder(looksFolder + "/assets")
}

func (r *reader) readLayoutFolder(dir string) {
	if _, err := followed(r.fsys, dir); err != nil {
		return // not there, or elsewhere, which is told
	}
	for _, e := range r.entries(dir) {
		name := dir + "/" + e.Name()
		switch {
		case !e.IsDir() && r.failSource(name):
		case e.IsDir():
			if strings.Count(name, "/") > mostLayoutFolders {
				r.fail("special-file", campaign.InFile(name), "layouts 里的文件夹套得太深", "移走它")
				continue
			}
			r.readLayoutFolder(name)
		case slices.Contains(layoutTexts, strings.ToLower(path.Ext(name))) && !strings.Contains(name, ".min."):
			r.putOff(name, func(o *reader) {
				if text, _ := o.readText(name); text != nil {
					o.inspectPassage(Passage{File: name, Text: text})
				}
			})
		}
	}
}

// failSource reports a file of the layouts that is one of the campaign's sources.
func (r *reader) failSource(name string) bool {
	wrong := r.sourceFault(name, name)
	if wrong != nil {
		r.fail(wrong.rule, campaign.InFile(name), wrong.message, "删去它：layouts/ 里的文件会原样发布")
	}
	return wrong != nil
}

const mostLayoutFolders = 16
