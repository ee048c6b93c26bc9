package picture

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"
)

// soundFrames is an MP3 of so many frames without a tag.
func soundFrames(n int) (out []byte) {
	for k := range n {
		frame := slices.Concat([]byte{0xff, 0xfb, 0x90, 0x64}, bytes.Repeat([]byte{byte(k) + 1}, 413)) // 128 kbit/s, 44,100 Hz
		out = append(out, frame...)
	}
	return out
}

// id3 is an ID3v2 tag.
func id3(body string) []byte {
	n := len(body)
	return append([]byte{'I', 'D', '3', 3, 0, 0, byte(n >> 21 & 0x7f), byte(n >> 14 & 0x7f), byte(n >> 7 & 0x7f), byte(n & 0x7f)}, body...)
}

// ape is an APE tag with its head and its foot.
func ape(body string) []byte {
	size := binary.LittleEndian.AppendUint32(nil, uint32(len(body)+32))
	end := func(flags byte) []byte {
		return slices.Concat([]byte("APETAGEX\xd0\x07\x00\x00"), size, []byte{1, 0, 0, 0, 0, 0, 0, flags}, bytesOf(8))
	}
	return slices.Concat(end(0xa0), []byte(body), end(0x80))
}

func id3v1(title string) []byte { return append([]byte("TAG"+title), bytesOf(125-len(title))...) }

func wavChunk(kind, body string) []byte {
	out := append([]byte(kind), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...)
	return append(append(out, body...), bytesOf(len(body)%2)...)
}

func wav(chunks ...[]byte) []byte {
	body := slices.Concat(append([][]byte{[]byte("WAVE")}, chunks...)...)
	return slices.Concat([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body)
}

var pcm = wavChunk("fmt ", "\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00")

// oggPage is a page of the packets, of which the last may go on.
func oggPage(serial, number uint32, flags byte, goesOn bool, packets ...[]byte) []byte {
	var lacing []byte
	for n, p := range packets {
		lacing = append(lacing, bytes.Repeat([]byte{255}, len(p)/255)...)
		if !goesOn || n < len(packets)-1 {
			lacing = append(lacing, byte(len(p)%255))
		}
	}
	page := slices.Concat([]byte("OggS\x00"), []byte{flags}, bytesOf(8), binary.LittleEndian.AppendUint32(nil, serial), binary.LittleEndian.AppendUint32(nil, number),
		bytesOf(4), []byte{byte(len(lacing))}, lacing, slices.Concat(packets...))
	binary.LittleEndian.PutUint32(page[22:], oggSum(page))
	return page
}

func comments(opens, end string, list ...string) []byte {
	field := func(s string) []byte { return append(binary.LittleEndian.AppendUint32(nil, uint32(len(s))), s...) }
	out := append([]byte(opens), field("Lavf "+marker)...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(list)))
	for _, c := range list {
		out = append(out, field(c)...)
	}
	return append(out, end...)
}

const setup, music = "\x05vorbis the books", "the sound itself"

// vorbis is a stream whose comments, with a picture, go over three pages and share the
// last with what comes after them.
func vorbis(serial uint32) []byte {
	packet := comments("\x03vorbis", "\x01", "ARTIST=王小明", "LOCATION="+marker, "METADATA_BLOCK_PICTURE="+strings.Repeat(marker, 6000))
	return slices.Concat(
		oggPage(serial, 0, 2, false, []byte("\x01vorbis and its rate")), oggPage(serial, 1, 0, true, packet[:255*255]),
		oggPage(serial, 2, 1, true, packet[255*255:2*255*255]), oggPage(serial, 3, 1, false, packet[2*255*255:], []byte(setup)), oggPage(serial, 4, 4, false, []byte(music)))
}

func opus() []byte {
	return slices.Concat(oggPage(7, 0, 2, false, []byte("OpusHead and its rate")), oggPage(7, 1, 0, false, comments("OpusTags", "padding of "+marker, "TITLE="+marker)), oggPage(7, 2, 4, false, []byte(music)))
}

func cleanSound(t *testing.T, raw []byte) ([]byte, error) {
	t.Helper()
	r, err := Clean(bytes.NewReader(raw), Sniff(raw))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(&small{r})
	if err != nil {
		t.Fatal(err)
	}
	return out, nil
}

// TestRecordingsLoseTheirTags plants names and places wherever a recording can carry
// them, and looks for them in what is published; the sound stays at its place.
func TestRecordingsLoseTheirTags(t *testing.T) {
	sound := soundFrames(5)
	cut := slices.Concat(sound, soundFrames(1)[:200]) // and then a tag within the last frame
	for name, c := range map[string]struct {
		raw   []byte
		sound []string
	}{
		"ID3v2":             {slices.Concat(id3("TPE1\x00\x00"+marker+"\xff\xfb\x90\x64 looks like a frame"), sound), []string{string(sound)}},
		"ID3v1":             {slices.Concat(sound, id3v1(marker)), []string{string(sound)}},
		"APE and ID3v1":     {slices.Concat(sound, ape("Artist\x00"+marker), id3v1(marker)), []string{string(sound)}},
		"a tag in a frame":  {slices.Concat(cut, id3v1(marker)), []string{string(sound)}},
		"between frames":    {slices.Concat(sound, []byte(marker), sound), []string{string(sound), string(sound)}},
		"ID3v2 in between":  {slices.Concat(sound, id3(marker+string(soundFrames(1))), sound, id3(marker)), []string{string(sound), string(sound)}},
		"lyrics":            {slices.Concat(sound, []byte("LYRICSBEGIN"+marker+"000050LYRICS200"), id3v1(marker)), []string{string(sound)}},
		"WAV":               {wav(wavChunk("bext", marker), pcm, wavChunk("LIST", "INFOIART"+marker), wavChunk("data", "the sound"), wavChunk("id3 ", string(id3(marker))), wavChunk("iXML", marker)), []string{"the sound"}},
		"WAV and more":      {slices.Concat(wav(pcm, wavChunk("data", "the sound")), []byte(marker)), []string{"the sound"}},
		"format and more":   {wav(wavChunk("fmt ", string(pcm[8:])+"\x16\x00"+marker), wavChunk("data", "the sound")), []string{"the sound"}},
		"Vorbis":            {vorbis(1), []string{setup, music}},
		"Vorbis, two songs": {slices.Concat(vorbis(1), vorbis(2)), []string{setup, music, setup, music}},
		"Opus":              {opus(), []string{music}},
	} {
		if !bytes.Contains(c.raw, []byte(marker)) {
			t.Fatalf("%s: the marker is not planted", name)
		}
		out, err := cleanSound(t, c.raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(out) != len(c.raw) || bytes.Contains(out, []byte(marker[:12])) || bytes.Contains(out, []byte("王")) || Sniff(out) != Sniff(c.raw) {
			t.Errorf("%s: %d bytes become %d %s, or the marker is there", name, len(c.raw), len(out), Sniff(out))
		}
		rest := string(out)
		for _, s := range c.sound {
			var ok bool
			if _, rest, ok = strings.Cut(rest, s); !ok {
				t.Errorf("%s: the sound is not there", name)
			}
		}
		if again, err := cleanSound(t, out); err != nil || !bytes.Equal(again, out) {
			t.Errorf("%s: a clean recording is not left alone: %v", name, err)
		}
		for at := bytes.Index(out, []byte("OggS")); at >= 0 && at < len(out); {
			length := 27 + int(out[at+26])
			for _, n := range out[at+27 : at+length] {
				length += int(n)
			}
			page := bytes.Clone(out[at : at+length])
			copy(page[22:], bytesOf(4))
			if oggSum(page) != binary.LittleEndian.Uint32(out[at+22:]) {
				t.Errorf("%s: the page at %d has a wrong sum", name, at)
			}
			at += length
		}
	}
}

// TestOggSum is the checksum of a page that another program wrote.
func TestOggSum(t *testing.T) {
	if sum := oggSum([]byte("123456789")); sum != 0x89a1897f {
		t.Errorf("%#x", sum)
	}
}

func TestRecordingsRefused(t *testing.T) {
	theora := oggPage(3, 0, 2, false, []byte("\x80theora"))
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"no frames": {id3("a page <html>"), "MP3 文件已损坏"}, "WAV without sound": {wav(pcm), "WAV 文件已损坏"},
		"MP3 in WAV": {wav(wavChunk("fmt ", "\x55"+string(pcm[9:])), wavChunk("data", "x")), "不认识"}, "WAV cut short": {wav(pcm, wavChunk("LIST", "INFO"))[:46], "WAV 文件已损坏"},
		"video in Ogg": {slices.Concat(theora, vorbis(1)), "以外的内容"}, "Ogg cut short": {vorbis(1)[:70000], "Ogg 文件已损坏"},
		"Ogg and more": {append(vorbis(1), marker...), "Ogg 文件已损坏"}, "FLAC": {[]byte("fLaC"), "只收"}, "AVI": {[]byte("RIFF    AVI "), "只收"},
	} {
		if _, err := cleanSound(t, c.raw); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want “%s”", name, err, c.want)
		}
	}
}

// TestNamesFit: a file is what its name says.
func TestNamesFit(t *testing.T) {
	for name, want := range map[string]map[Format]bool{
		"a.png": {PNG: true, JPEG: true, Other: false, MP4: false, "GIF": true}, "a.JPG": {JPEG: true, Other: false}, "a.mp4": {MP4: true, PNG: false, Other: false},
		"a.wav": {WAV: true, MP3: false, Other: false}, "a.mp3": {MP3: true, Ogg: false}, "a.ogg": {Ogg: true, "FLAC": false}, "a.csv": {Other: true, JPEG: true}, "a.m4a": {MP4: true, MP3: false},
	} {
		for format, fits := range want {
			if format.Fits(name) != fits {
				t.Errorf("%s as %s: %v", format, name, !fits)
			}
		}
	}
	for start, want := range map[string]Format{"<!DOCTYPE html>": Other, "MZ\x90\x00": Other, "ID3\x04": MP3, "\xff\xfb\x90d": MP3, "RIFF1234WAVEfmt ": WAV, "OggS\x00": Ogg, "\xff\xd8\xff\xe0": JPEG} {
		if got := Sniff([]byte(start)); got != want {
			t.Errorf("%q is %q", start, got)
		}
	}
}

// FuzzSound: whatever a file holds, it becomes a file of the same size or an error.
func FuzzSound(f *testing.F) {
	f.Add(slices.Concat(id3(marker), soundFrames(4), ape(marker), id3v1(marker)))
	f.Add(wav(pcm, wavChunk("LIST", marker), wavChunk("data", "sound")))
	f.Add(opus())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !Sniff(raw).IsSound() {
			return
		}
		if out, err := cleanSound(t, raw); err == nil && len(out) != len(raw) {
			t.Errorf("%d bytes become %d", len(raw), len(out))
		}
	})
}
