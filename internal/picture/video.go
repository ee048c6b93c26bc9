package picture

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// A video is published as it is but for its container: every box of an MP4 that
// is not needed to play it (udta, meta, uuid, ©xyz, free space and whatever
// this list does not know) becomes free space of the same size filled with
// zeros, so that no offset moves, and creation times, names of handlers and of
// encoders are zeroed. A track that is neither picture nor sound, or in no coding
// that browsers play, may hold positions and words: it is left out in the same
// way. Bytes of mdat that belong to no sample of the tracks that stay are zeroed
// too. What cannot be understood is refused.

// Bounds of a video's index.
const (
	mostMoov  = 64 << 20
	mostBoxes = 100_000
	mostData  = 16 // boxes of mdat
)

// VideoHint says how to mend a video that is refused.
const VideoHint = "先用剪辑软件另存为 H.264 的 MP4，或运行 ffmpeg -i 原件 -map 0:v:0 -map 0:a:0? -map_metadata -1 -c copy 新件.mp4"

// video is an MP4 being looked through.
type video struct {
	*container
	boxes   int
	tracks  int       // that stay
	data    []stretch // the insides of the mdat boxes
	samples []stretch // what tracks play
}

// box is a box of the file: [at, end) with its inside from body.
type box struct {
	kind          string
	at, body, end int64
}

var errDamaged = errors.New("这个 MP4 已损坏或不完整")

func (v *video) blank(b box) {
	header := make([]byte, b.body-b.at)
	binary.BigEndian.PutUint32(header, uint32(b.end-b.at))
	if len(header) > 8 { // a 64 bit size, or one that is told as “to the end”
		binary.BigEndian.PutUint32(header, 1)
		binary.BigEndian.PutUint64(header[8:], uint64(b.end-b.at))
	}
	copy(header[4:], "free")
	v.patches = append(v.patches, patch{b.at, b.end - b.at, header})
}

// header takes the head of a box apart; within is where its parent ends.
func (v *video) header(head []byte, at, within int64) (box, error) {
	if v.boxes++; v.boxes > mostBoxes || len(head) < 8 {
		return box{}, errDamaged
	}
	b := box{kind: string(head[4:8]), at: at, body: at + 8}
	size := int64(binary.BigEndian.Uint32(head))
	switch size {
	case 0:
		// To the end of the file: only the last box may say so, and a free one
		// could not keep its form.
		size = within - at
		if size > 1<<31 || b.kind != "mdat" {
			return box{}, errDamaged
		}
	case 1:
		if len(head) < 16 {
			return box{}, errDamaged
		}
		large := binary.BigEndian.Uint64(head[8:])
		if large > 1<<62 {
			return box{}, errDamaged
		}
		size, b.body = int64(large), at+16
	}
	b.end = at + size
	if b.end < b.body || b.end > within {
		return box{}, errDamaged
	}
	return b, nil
}

// scan looks through the top of the file.
func (v *video) scan() error {
	movies := 0
	for at := int64(0); at < v.size; {
		head, err := v.read(at, min(16, v.size-at))
		if err != nil {
			return err
		}
		b, err := v.header(head, at, v.size)
		if err != nil {
			return err
		}
		if b.kind == "moov" {
			movies++
		}
		if err := v.top(b); err != nil {
			return err
		}
		at = b.end
	}
	if movies != 1 || len(v.data) == 0 || len(v.data) > mostData {
		return errDamaged
	}
	if v.tracks == 0 {
		return fmt.Errorf("这个 MP4 里没有浏览器能播放的画面和声音")
	}
	return v.blankUnused()
}

// top looks at a box of the file's top.
func (v *video) top(b box) error {
	switch b.kind {
	case "ftyp":
		// Brands only; anything longer is not one.
		if b.at != 0 || b.end-b.at > 256 {
			return errDamaged
		}
	case "mdat":
		v.data = append(v.data, stretch{b.body, b.end})
	case "moov":
		if b.end-b.body > mostMoov {
			return errDamaged
		}
		index, err := v.read(b.body, b.end-b.body)
		if err != nil {
			return err
		}
		return v.inside(index, b.body, "moov", &track{})
	case "moof", "mfra", "sidx", "styp":
		return fmt.Errorf("这个 MP4 是分段的（录屏或直播的格式）")
	default:
		v.blank(b)
	}
	return nil
}

// parts says for every container which boxes playing needs; a container named
// here is looked through itself.
var parts = map[string][]string{
	"moov": {"mvhd", "trak"},
	"trak": {"tkhd", "mdia", "edts"},
	"mdia": {"mdhd", "hdlr", "minf", "elng"},
	"minf": {"vmhd", "smhd", "hdlr", "dinf", "stbl"},
	"dinf": {"dref"},
	"dref": {"url ", "alis"},
	"stbl": {"stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stsh", "sdtp", "sbgp", "sgpd", "subs", "padb"},
	"edts": {"elst"},
}

// codings are those of a track that stays, by its handler: avc1 names its kind of
// samples.
var codings = map[string][]string{
	"vide": {"avc1", "avc2", "avc3", "avc4", "hvc1", "hev1", "vvc1", "vvi1", "mp4v", "vp08", "vp09", "av01"},
	"soun": {"mp4a", "ac-3", "ec-3", "ac-4", "Opus", "fLaC", "alac", ".mp3", "mp3 "},
}

// track gathers what tells where a track's samples lie.
type track struct {
	handler string
	strange bool   // it has samples in another coding
	sizes   []byte // inside of stsz or stz2
	compact bool
	chunks  []byte // inside of stco or co64
	wide    bool
	runs    []byte // inside of stsc
}

// each visits the boxes of a container whose bytes start at an offset of the file.
func (v *video) each(raw []byte, offset int64, visit func(b box, body []byte) error) error {
	for at := int64(0); at < int64(len(raw)); {
		b, err := v.header(raw[at:min(at+16, int64(len(raw)))], offset+at, offset+int64(len(raw)))
		if err != nil {
			return err
		}
		if err := visit(b, raw[b.body-offset:b.end-offset]); err != nil {
			return err
		}
		at = b.end - offset
	}
	return nil
}

// fewest says how many bytes a box has at the least.
var fewest = map[string]int{"mvhd": 20, "tkhd": 20, "mdhd": 20, "hdlr": 24, "dref": 8, "url ": 4, "alis": 4, "stsd": 8}

// inside looks through a container.
func (v *video) inside(raw []byte, offset int64, kind string, t *track) error {
	return v.each(raw, offset, func(b box, body []byte) error {
		switch {
		case !slices.Contains(parts[kind], b.kind):
			v.blank(b)
			return nil
		case len(body) < fewest[b.kind]:
			return errDamaged
		case b.kind == "trak":
			return v.track(b, body)
		case b.kind == "dref":
			return v.inside(body[8:], b.body+8, b.kind, t)
		case parts[b.kind] != nil:
			return v.inside(body, b.body, b.kind, t)
		case b.kind == "hdlr" && kind == "mdia":
			t.handler = string(body[8:12])
		}
		return v.leaf(b, body, t)
	})
}

// leaf looks at a box that holds no others.
func (v *video) leaf(b box, body []byte, t *track) error {
	switch b.kind {
	case "mvhd", "tkhd", "mdhd":
		times := int64(8)
		if body[0] == 1 {
			times = 16
		}
		v.zero(b.body+4, times)
	case "hdlr":
		v.zero(b.body+12, int64(len(body))-12) // maker, flags and name
	case "url ", "alis":
		if body[3]&1 == 0 {
			return fmt.Errorf("这个 MP4 的内容在别的文件里")
		}
		v.zero(b.body+4, int64(len(body))-4)
	case "stsd":
		return v.each(body[8:], b.body+8, func(b box, body []byte) error {
			if !slices.Contains(codings[t.handler], b.kind) {
				t.strange = true
				return nil
			}
			return v.entry(b, body, t.handler)
		})
	case "stsz", "stz2":
		t.sizes, t.compact = body, b.kind == "stz2"
	case "stco", "co64":
		t.chunks, t.wide = body, b.kind == "co64"
	case "stsc":
		t.runs = body
	}
	return nil
}

// track looks through a track, and blanks one that is neither picture nor sound.
func (v *video) track(b box, body []byte) error {
	patches, t := len(v.patches), &track{}
	if err := v.inside(body, b.body, b.kind, t); err != nil {
		return err
	}
	if codings[t.handler] == nil || t.strange {
		v.patches = v.patches[:patches]
		v.blank(b)
		return nil
	}
	v.tracks++
	return v.played(t)
}

// The boxes of a sample entry that decoders need; a colour profile is not
// among them.
var entryParts = []string{"avcC", "hvcC", "lhvC", "av1C", "vpcC", "vvcC", "pasp", "clap", "mdcv", "clli", "esds", "dOps", "dac3", "dec3", "dfLa", "btrt", "fiel", "chrm"}

// entry looks through the description of a track's samples.
func (v *video) entry(b box, body []byte, handler string) error {
	fixed := map[string]int64{"vide": 78, "soun": 28}[handler]
	if int64(len(body)) < fixed {
		return errDamaged
	}
	switch handler {
	case "vide":
		v.zero(b.body+16, 4)  // vendor
		v.zero(b.body+42, 32) // name of the encoder
	case "soun":
		v.zero(b.body+12, 4)                       // vendor
		switch binary.BigEndian.Uint16(body[8:]) { // QuickTime's sound descriptions
		case 1:
			fixed += 16
		case 2:
			fixed += 36
		}
	}
	for at := fixed; at < int64(len(body)); {
		if int64(len(body))-at < 8 { // QuickTime ends a list with a zero
			v.zero(b.body+at, int64(len(body))-at)
			break
		}
		child, err := v.header(body[at:min(at+16, int64(len(body)))], b.body+at, b.end)
		if err != nil {
			return err
		}
		inside := body[child.body-b.body : child.end-b.body]
		nclx := child.kind == "colr" && len(inside) >= 4 && (string(inside[:4]) == "nclx" || string(inside[:4]) == "nclc")
		if !nclx && !slices.Contains(entryParts, child.kind) {
			v.blank(child)
		}
		at = child.end - b.body
	}
	return nil
}

// fields are numbers of so many bytes each.
type fields struct {
	raw  []byte
	each int64
}

func (f fields) has(count int64) bool { return count*f.each <= int64(len(f.raw)) }

func (f fields) at(n int64) (value int64) {
	for _, b := range f.raw[n*f.each : (n+1)*f.each] {
		value = value<<8 | int64(b)
	}
	return value
}

// samples tells where a track's samples lie: how long each is, where each chunk
// begins, and how many samples the chunks of a run have.
type samples struct {
	same, count         int64 // the length of all, 0 where each has its own; how many
	chunks, runs        int64
	sizes, begin, spans fields
}

func (t *track) samples() (s samples, err error) {
	if len(t.sizes) < 12 || len(t.chunks) < 8 || len(t.runs) < 8 {
		return s, errDamaged
	}
	number := func(raw []byte, n int64) int64 { return fields{raw, 4}.at(n) }
	s = samples{number(t.sizes, 1), number(t.sizes, 2), number(t.chunks, 1), number(t.runs, 1), fields{t.sizes[12:], 4}, fields{t.chunks[8:], 4}, fields{t.runs[8:], 4}}
	if t.compact {
		bits := int64(t.sizes[7])
		if bits != 8 && bits != 16 {
			return s, errDamaged
		}
		s.same, s.sizes.each = 0, bits/8
	}
	if t.wide {
		s.begin.each = 8
	}
	if s.same == 0 && !s.sizes.has(s.count) || !s.begin.has(s.chunks) || !s.spans.has(3*s.runs) || s.runs == 0 && s.chunks > 0 {
		return s, errDamaged
	}
	return s, nil
}

// length is that of n samples: more than most where it would be.
func (s samples) length(from, n, most int64) (sum int64) {
	if s.same != 0 {
		if n > most/s.same {
			return most + 1
		}
		return n * s.same
	}
	for k := range n {
		sum += s.sizes.at(from + k)
	}
	return sum
}

// played notes where a track's samples lie in the file.
func (v *video) played(t *track) error {
	s, err := t.samples()
	if err != nil {
		return err
	}
	sample, done := int64(0), int64(0)
	for run := range s.runs {
		first, perChunk, last := s.spans.at(3*run), s.spans.at(3*run+1), s.chunks
		if run+1 < s.runs {
			last = s.spans.at(3*run+3) - 1
		}
		if first != done+1 || last > s.chunks || last < first {
			return errDamaged
		}
		for ; done < last; done++ {
			at, n := s.begin.at(done), min(perChunk, s.count-sample)
			length := s.length(sample, n, v.size)
			if sample += n; at < 0 || at > v.size || length > v.size-at {
				return errDamaged
			}
			v.samples = append(v.samples, stretch{at, at + length})
		}
	}
	return nil
}

// blankUnused zeroes what lies in mdat and is not played.
func (v *video) blankUnused() error {
	slices.SortFunc(v.samples, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	for _, d := range v.data {
		at := d.from
		for _, s := range v.samples {
			if s.to <= at || s.from >= d.to {
				continue
			}
			v.zero(at, s.from-at)
			at = max(at, s.to)
		}
		v.zero(at, d.to-at)
	}
	// What is played must lie in mdat: elsewhere it could have been blanked.
	for _, s := range v.samples {
		if s.from < s.to && !slices.ContainsFunc(v.data, func(d stretch) bool { return s.from >= d.from && s.to <= d.to }) {
			return errDamaged
		}
	}
	return nil
}
