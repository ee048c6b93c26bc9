package picture

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// boxOf is an MP4 box.
func boxOf(kind string, parts ...[]byte) []byte {
	body := slices.Concat(parts...)
	return slices.Concat(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), []byte(kind), body)
}

func numbers(list ...uint32) (out []byte) {
	for _, n := range list {
		out = binary.BigEndian.AppendUint32(out, n)
	}
	return out
}

const frames = "FRAME-ONE-AND-TWO"

// film is an MP4 with its index in front, marked in every place that the
// container has for it. The frames lie at an offset that the index tells.
func film(handler string) []byte {
	make := func(offset uint32) []byte {
		mark := []byte(marker)
		handlerBox := boxOf("hdlr", numbers(0, 0), []byte(handler), numbers(0, 0, 0), mark, []byte{0})
		header := func(kind string) []byte { return boxOf(kind, numbers(0, 0xABCD1234, 0xABCD1234), bytesOf(90)) }
		entry := slices.Concat(bytesOf(16), []byte("appl"), bytesOf(22), []byte("\x16"+marker), bytesOf(78-43-len(marker)))
		table := boxOf("stbl",
			boxOf("stsd", numbers(0, 1), boxOf("avc1", entry, boxOf("avcC", []byte("config")), boxOf("colr", []byte("prof"), mark), boxOf("uuid", mark))),
			boxOf("stts", numbers(0, 1, 2, 1)), boxOf("stsc", numbers(0, 1, 1, 2, 1)), boxOf("stsz", numbers(0, 0, 2, 9, 8)), boxOf("stco", numbers(0, 1, offset)))
		return slices.Concat(
			boxOf("ftyp", []byte("isom"), numbers(0), []byte("isomavc1")), boxOf("free", mark), boxOf("uuid", mark),
			boxOf("moov", header("mvhd"), boxOf("udta", boxOf("\xa9xyz", mark), boxOf("meta", mark)), boxOf("meta", mark),
				boxOf("trak", header("tkhd"), boxOf("udta", mark), boxOf("mdia", header("mdhd"), handlerBox,
					boxOf("minf", boxOf("vmhd", bytesOf(12)), boxOf("dinf", boxOf("dref", numbers(0, 1), boxOf("url ", numbers(1), mark))), table)))),
			boxOf("mdat", mark, []byte(frames), mark), boxOf("XTRA", mark))
	}
	probe := make(0)
	return make(uint32(bytes.Index(probe, []byte(frames))))
}

func bytesOf(n int) []byte { return bytes.Repeat([]byte{0}, n) }

func clean(t *testing.T, raw []byte) ([]byte, error) {
	t.Helper()
	r, err := Clean(bytes.NewReader(raw), MP4)
	if err != nil {
		return nil, err
	}
	// Read in small steps: a patch lies across them.
	out, err := io.ReadAll(&small{r})
	if err != nil {
		t.Fatal(err)
	}
	return out, nil
}

type small struct{ io.Reader }

func (s *small) Read(p []byte) (int, error) { return s.Reader.Read(p[:min(7, len(p))]) }

func TestVideoKeepsOnlyWhatPlays(t *testing.T) {
	raw := film("vide")
	if n := bytes.Count(raw, []byte(marker)); n < 12 {
		t.Fatalf("the marker is planted %d times", n)
	}
	out, err := clean(t, raw)
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != len(raw) || bytes.Contains(out, []byte(marker[:8])) || bytes.Contains(out, []byte{0xab, 0xcd, 0x12, 0x34}) || bytes.Contains(out, []byte("appl")) {
		t.Errorf("%d of %d bytes; the marker, a time or a maker is still there: %q", len(out), len(raw), out)
	}
	if at := bytes.Index(raw, []byte(frames)); !bytes.Equal(out[at:at+len(frames)], []byte(frames)) || !bytes.Contains(out, []byte("config")) {
		t.Error("what plays is no longer at its place")
	}
	again, err := clean(t, out)
	if err != nil || !bytes.Equal(again, out) {
		t.Errorf("a clean video is not left alone: %v", err)
	}
}

// TestOtherTracksAreLeftOut: subtitles, positions, time codes and pictures in a
// coding of their own go with all that they say; the frames stay.
func TestOtherTracksAreLeftOut(t *testing.T) {
	raw, err := os.ReadFile("../review/testdata/gate/v1-drone-subtitle.mp4")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`1[38]\d{9}|114\.\d{3}`)
	if !said.Match(raw) || !bytes.Contains(raw, []byte("sbtl")) {
		t.Fatal("the clip says nothing")
	}
	out, err := clean(t, raw)
	if err != nil {
		t.Fatal(err)
	}
	if found := said.Find(out); found != nil || bytes.Contains(out, []byte("sbtl")) || bytes.Contains(out, []byte("tx3g")) || len(out) != len(raw) {
		t.Errorf("%q is still there", found)
	}
	if n := bytes.Count(out, []byte("trak")); n != bytes.Count(raw, []byte("trak"))-1 {
		t.Errorf("%d tracks are left", n)
	}
	for _, handler := range []string{"sbtl", "text", "subt", "clcp", "meta", "tmcd", "gpmd", "hint", "vide", "soun"} {
		words := []byte("E114.93 189707012")
		other := bytes.Replace(film(handler), []byte("avc1"+string(bytesOf(6))), []byte("gpmd"+string(bytesOf(6))), 1)
		both := withTrack(film("vide"), other, words)
		out, err := clean(t, both)
		if err != nil {
			t.Errorf("%s: %v", handler, err)
			continue
		}
		if bytes.Contains(out, words) || bytes.Contains(out, []byte("gpmd")) || bytes.Count(out, []byte("trak")) != 1 || !bytes.Contains(out, []byte(frames)) {
			t.Errorf("%s: the track is still there: %q", handler, out)
		}
	}
}

// withTrack adds the track of another film to one, with words as its samples.
func withTrack(film, other, words []byte) []byte {
	find := func(in []byte, kind string) (from, to int) {
		at := bytes.Index(in, []byte(kind)) - 4
		return at, at + int(binary.BigEndian.Uint32(in[at:]))
	}
	from, to := find(other, "trak")
	track := bytes.Clone(other[from:to])
	_, moov := find(film, "moov")
	old := uint32(bytes.Index(film, []byte(frames)))
	both := slices.Concat(film[:moov], track, film[moov:], boxOf("mdat", words))
	size := bytes.Index(both, []byte("moov")) - 4
	binary.BigEndian.PutUint32(both[size:], binary.BigEndian.Uint32(both[size:])+uint32(len(track)))
	place := func(from int, offset uint32) {
		stco := from + bytes.Index(both[from:], []byte("stco"))
		binary.BigEndian.PutUint32(both[stco+12:], offset)
	}
	place(0, old+uint32(len(track)))
	place(moov, uint32(bytes.Index(both, words)))
	return both
}

func TestVideosRefused(t *testing.T) {
	raw := film("vide")
	inFile := bytes.Clone(raw)
	inFile[bytes.Index(inFile, []byte("url "))+7] = 0
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"only positions": {film("meta"), "没有浏览器能播放"}, "cut short": {raw[:len(raw)-9], "损坏"}, "no index": {boxOf("mdat", bytesOf(9)), "损坏"},
		"in parts": {slices.Concat(raw, boxOf("moof", bytesOf(9))), "分段"}, "in another file": {inFile, "别的文件"},
		"garbage at the end": {append(bytes.Clone(raw), "abc"...), "损坏"},
		"frames outside":     {bytes.Replace(raw, numbers(0, 1, uint32(bytes.Index(raw, []byte(frames)))), numbers(0, 1, 4), 1), "损坏"},
	} {
		if _, err := clean(t, c.raw); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want “%s”", name, err, c.want)
		}
	}
}

func TestSampleClip(t *testing.T) {
	raw, err := os.ReadFile("../../content/gallery/lianhe-jianguan.mp4")
	if err != nil {
		t.Fatal(err)
	}
	out, err := clean(t, raw)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for n := range raw {
		if raw[n] != out[n] {
			changed++
		}
	}
	t.Logf("%d of %d bytes changed", changed, len(raw))
	if len(out) != len(raw) || changed > 4096 || bytes.Contains(out, []byte("Lavf")) {
		t.Errorf("%d bytes changed", changed)
	}
}

func FuzzVideo(f *testing.F) {
	f.Add(film("vide"))
	f.Add(film("soun"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		out, err := clean(t, raw)
		if err == nil && len(out) != len(raw) {
			t.Errorf("%d bytes become %d", len(raw), len(out))
		}
	})
}
