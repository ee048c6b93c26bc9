package remote

import (
	"path"
	"strings"
)

// headers is what a server tells a browser of a file.
type headers struct {
	contentType string
	compressed  bool // stored compressed by gzip, which every browser undoes
}

// cacheControl is the same for all files. A correction, and a paper whose status is
// another, have to be seen at once: browsers and caches ask each time whether a file is
// still the same. No path of a site names what is in it; those below papers/ name a
// paper by its digest, and what they say of it changes.
const cacheControl = "no-cache"

// types are the content types of the kinds of files. The table of the system differs
// from machine to machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".xml": "application/xml; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif", ".ico": "image/x-icon",
	".mp4": "video/mp4", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".vtt": "text/vtt; charset=utf-8",
	".pdf": "application/pdf", ".ofd": "application/ofd", ".zip": "application/zip", ".woff2": "font/woff2", ".ttf": "font/ttf",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xls":  "application/vnd.ms-excel", ".doc": "application/msword",
}

// headersOf returns what is told of a file. Pages are compressed; what people download
// and check against SHA256SUMS is not.
func headersOf(p string) headers {
	h := headers{contentType: types[strings.ToLower(path.Ext(p))]}
	if h.contentType == "" {
		h.contentType = "application/octet-stream"
		if path.Ext(p) == "" {
			h.contentType = "text/plain; charset=utf-8" // SHA256SUMS
		}
	}
	switch path.Ext(p) {
	case ".html", ".css", ".js", ".svg":
		h.compressed = true
	}
	return h
}
