package preview

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"sync"

	"wangjian/internal/release"
)

// edition is one loaded site. A file is rendered when it is first asked for and
// kept until the next edition.
type edition struct{ files map[string]*page }

func newEdition(files []release.File) *edition {
	e := &edition{files: make(map[string]*page, len(files))}
	for _, f := range files {
		e.files[f.Path] = &page{file: f}
	}
	return e
}

// page is one file of an edition.
type page struct {
	file    release.File
	once    sync.Once
	content []byte
	err     error
}

// render returns the file's bytes; whoever asks at the same time waits.
func (p *page) render() ([]byte, error) {
	p.once.Do(func() {
		// A fault of a template's must not take the whole preview down.
		defer func() {
			if fault := recover(); fault != nil {
				p.err = fmt.Errorf("制作 %s 时程序出错：%v", p.file.Path, fault)
			}
		}()
		var out bytes.Buffer
		p.err = p.file.Write(&out)
		p.content = out.Bytes()
	})
	return p.content, p.err
}

// find returns the file that a URL's path means; folder is true when the path is
// a folder's and lacks its slash.
func (e *edition) find(name string) (p *page, folder bool) {
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if p := e.files[name]; p != nil {
		return p, false
	}
	return nil, e.files[name+"/index.html"] != nil
}

// contentTypes are ours and not the system's, which on Windows says what some
// program wrote into the registry.
var contentTypes = map[string]string{
	".html": htmlType, ".htm": htmlType,
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".xml":  "application/xml; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
	".md":   "text/plain; charset=utf-8",
	".csv":  "text/csv; charset=utf-8",
	".vtt":  "text/vtt; charset=utf-8",
	".svg":  "image/svg+xml; charset=utf-8",
	".png":  "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
	".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
	".pdf":  "application/pdf",
	".ofd":  "application/ofd",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xls":  "application/vnd.ms-excel",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".doc":  "application/msword",
	".zip":  "application/zip",
}

const htmlType = "text/html; charset=utf-8"

func contentType(name string) string {
	if t, ok := contentTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	if path.Ext(name) == "" {
		return "text/plain; charset=utf-8" // SHA256SUMS and the like
	}
	return "application/octet-stream"
}
