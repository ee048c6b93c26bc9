package review

import (
	"bytes"
	"encoding/base64"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

// pixel is a PNG.
var pixel, _ = base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==")

// strangers are what is no picture, video or recording.
var strangers = map[string]string{
	"a page": "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>", "a program": "MZ\x90\x00\x03\x00\x00\x00This program", "nothing": "",
}

var mediaNames = []string{"x.png", "x.JPEG", "x.webp", "x.tif", "x.mp4", "x.m4a", "x.mp3", "x.wav", "x.ogg"}

// TestMediaAreWhatTheirNameSays: wherever a file is named, it is refused there when it
// is not of the kind that its name promises, and nothing of it is handed out.
func TestMediaAreWhatTheirNameSays(t *testing.T) {
	t.Parallel()
	about := string(base(t)["content/pages/about.md"].Data)
	gallery := "---\n标题: 检查照片\n公开方式: 主动公开\n发布日期: 2026-05-06 10:00\n审核:\n  初审: {人: 甲, 日期: 2026-05-05}\n%: \n  - {文件: FILE, 说明: 检查人员查看食堂台账, 拍摄日期: 2026-04-01, 已核: true}\n---\n\n照片。\n"
	places := map[string]func(name string, data []byte) (fstest.MapFS, string){
		"an attachment": func(name string, data []byte) (fstest.MapFS, string) {
			return attachedTo(t, name, data), "content/open/fangan.md"
		},
		"a picture of a page": func(name string, data []byte) (fstest.MapFS, string) {
			files := base(t)
			files["content/pages/"+name] = &fstest.MapFile{Data: data}
			files["content/pages/about.md"] = &fstest.MapFile{Data: []byte(about + "\n![检查现场](" + name + ")\n")}
			return files, "content/pages/about.md"
		},
		"a link": func(name string, data []byte) (fstest.MapFS, string) {
			files := base(t)
			files["content/pages/"+name] = &fstest.MapFile{Data: data}
			files["content/pages/about.md"] = &fstest.MapFile{Data: []byte(about + "\n[现场](" + name + ")\n")}
			return files, "content/pages/about.md"
		},
		"a picture of a gallery": func(name string, data []byte) (fstest.MapFS, string) {
			return inGallery(t, gallery, "图片", name, data)
		},
		"a video of a gallery": func(name string, data []byte) (fstest.MapFS, string) {
			return inGallery(t, gallery, "视频", name, data)
		},
	}
	for where, place := range places {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			for what, data := range strangers {
				for _, name := range mediaNames {
					files, at := place(name, []byte(data))
					result := Read(files, onDay)
					if !slices.ContainsFunc(result.Findings, func(f campaign.Finding) bool {
						return f.Level == campaign.Error && f.At.File == at && slices.Contains([]string{"attachment-type", "picture-broken", "video-refused"}, f.Rule)
					}) {
						t.Errorf("%s as %s: %v", what, name, result.Findings)
					}
					file := path.Dir(at) + "/" + name
					if f, err := result.Whole.Handout(file); err == nil {
						f.Close()
						t.Errorf("%s as %s is handed out", what, name)
					}
				}
			}
		})
	}
}

func inGallery(t *testing.T, gallery, key, name string, data []byte) (fstest.MapFS, string) {
	files := base(t)
	files["content/gallery/"+name] = &fstest.MapFile{Data: data}
	files["content/gallery/x.md"] = &fstest.MapFile{Data: []byte(strings.NewReplacer("%", key, "FILE", name).Replace(gallery))}
	return files, "content/gallery/x.md"
}

// TestGateMedia: the pictures and the clip of testdata/gate are published without
// anything but pixels, frames and sound, and raise no error of their own.
func TestGateMedia(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"gps.jpg", "white.webp", "black.webp", "red.webp", "grey.webp", "alpha.webp", "v1-drone-subtitle.mp4"} {
		data, err := os.ReadFile("testdata/gate/" + name)
		if err != nil {
			t.Fatal(err)
		}
		result := Read(attachedTo(t, name, data), onDay)
		for _, f := range result.Findings {
			if f.Level == campaign.Error && f.Rule != "picture-unchecked" {
				t.Errorf("%s: %v", name, f)
			}
		}
		file := "content/open/" + name
		r, err := result.Whole.Handout(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		out, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		if ending := result.Whole.Ending(file); name == "gps.jpg" && (ending != ".jpg" || picture.HasPlace(out) || !picture.HasPlace(data) || bytes.Contains(out, []byte("Exif"))) {
			t.Errorf("%s is published with its place", name)
		}
		if strings.HasSuffix(name, ".mp4") && (bytes.Contains(out, []byte("sbtl")) || bytes.Contains(out, []byte("GPS")) || !bytes.Contains(out, []byte("avc1"))) {
			t.Errorf("%s is published with its subtitles", name)
		}
		if name == "white.webp" {
			m, _, err := image.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			if r, g, b, a := m.At(9, 9).RGBA(); min(r, g, b, a) != 0xffff {
				t.Errorf("%s becomes %d %d %d %d", name, r>>8, g>>8, b>>8, a>>8)
			}
		}
	}
}

// TestPicturesMayBeNamedAsAnyOther: a photo that a program named wrongly is
// published under the name that fits.
func TestPicturesMayBeNamedAsAnyOther(t *testing.T) {
	t.Parallel()
	result := Read(attachedTo(t, "x.jpg", pixel), onDay)
	for _, f := range result.Findings {
		if f.Rule == "attachment-type" || f.Rule == "picture-broken" {
			t.Error(f)
		}
	}
	if ending := result.Whole.Ending("content/open/x.jpg"); ending != ".png" {
		t.Errorf("it is named %s", ending)
	}
}

// TestRecordingsAreHandedOutWithoutTags, under their own name and whole.
func TestRecordingsAreHandedOutWithoutTags(t *testing.T) {
	t.Parallel()
	info := "INFOIART\x0a\x00\x00\x00wangxming\x00"
	wav := "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00" + "LIST\x16\x00\x00\x00" + info + "data\x04\x00\x00\x00\x01\x02\x03\x04"
	wav = "RIFF" + string(rune(len(wav))) + "\x00\x00\x00" + wav
	mp3 := "ID3\x03\x00\x00\x00\x00\x00\x14TPE1\x00\x00\x00\x0a\x00\x00\x00wangxming" + strings.Repeat("\xff\xfb\x90\x64"+strings.Repeat("\x55", 413), 4) + "TAGwangxming" + strings.Repeat("\x00", 116)
	for name, data := range map[string]string{"luyin.wav": wav, "luyin.mp3": mp3} {
		result := Read(attachedTo(t, name, []byte(data)), onDay)
		for _, f := range result.Findings {
			if f.Level == campaign.Error {
				t.Errorf("%s: %v", name, f)
			}
		}
		r, err := result.Public.Handout("content/open/" + name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		out, err := io.ReadAll(r)
		r.Close()
		if err != nil || len(out) != len(data) || bytes.Contains(out, []byte("wangxming")) || result.Public.Ending("content/open/"+name) != path.Ext(name) {
			t.Errorf("%s becomes %q, %v", name, out, err)
		}
	}
	broken := Read(attachedTo(t, "luyin.mp3", []byte("ID3\x03\x00\x00\x00\x00\x00\x00 no sound")), onDay)
	if !slices.ContainsFunc(broken.Findings, func(f campaign.Finding) bool { return f.Rule == "attachment-type" && f.Hint == picture.SoundHint }) {
		t.Errorf("a recording without sound: %v", broken.Findings)
	}
}
