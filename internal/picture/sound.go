package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// A recording is published as it is but for what is neither sound nor needed to
// play it: tags with names, places, texts and pictures become empty ones of the same
// size, and all else that lies between the sound becomes zeros.

// SoundHint says how to mend a recording that is refused.
const SoundHint = "先用音频软件另存为 MP3，或运行 ffmpeg -i 原件 -map 0:a:0 -map_metadata -1 新件.mp3"

// Clean returns a video or a recording without metadata: the same number of bytes.
// Its errors are in Chinese.
func Clean(file io.ReadSeeker, format Format) (io.Reader, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("文件读不出来")
	}
	c := &container{file: file, size: size}
	switch format {
	case MP4:
		err = (&video{container: c}).scan()
	case MP3:
		err = c.cleanMP3()
	case WAV:
		err = c.cleanWAV()
	case Ogg:
		err = (&oggFile{container: c, streams: map[uint32]*oggStream{}}).clean()
	default:
		return nil, fmt.Errorf("这是 %s 文件，视频只收 MP4，录音只收 MP3、M4A、WAV 和 Ogg", format)
	}
	if err != nil {
		return nil, err
	}
	return c.patched()
}

func damaged(format Format) error { return fmt.Errorf("这个 %s 文件已损坏或不完整", format) }

// id3Length returns the length of an ID3v2 tag that starts with head, 0 for none.
func id3Length(head []byte) int64 {
	if len(head) < 10 || string(head[:3]) != "ID3" {
		return 0
	}
	length := int64(10)
	for n, b := range head[6:10] {
		if b >= 0x80 {
			return 0
		}
		length += int64(b) << (21 - 7*n)
	}
	if head[5]&0x10 != 0 {
		length += 10 // a foot
	}
	return length
}

// cleanMP3 keeps the frames of sound. Tags at the head become padding, so that
// players find the first frame; all else becomes zeros.
func (c *container) cleanMP3() error {
	end, err := c.beforeTags()
	if err != nil {
		return err
	}
	frames, gap, last := 0, int64(0), mp3Frame{}
	for at := int64(0); at < end; {
		head, err := c.read(at, min(10, end-at))
		if err != nil {
			return err
		}
		f := mp3FrameOf(head)
		if length := id3Length(head); length > 0 {
			c.zero(gap, at-gap)
			length = min(length, end-at)
			c.patches = append(c.patches, patch{at, length, emptyID3(length)})
			at += length
			gap, last = at, mp3Frame{}
			continue
		}
		if f.length > 0 && at+f.length <= end && (f.kind == last.kind || c.isFrame(at+f.length, end, f)) {
			c.zero(gap, at-gap)
			at += f.length
			gap, last, frames = at, f, frames+1
			continue
		}
		at, last = at+1, mp3Frame{}
	}
	c.zero(gap, c.size-gap)
	if frames < 3 {
		return damaged(MP3)
	}
	return nil
}

// beforeTags returns where the tags at the end of an MP3 begin. Behind it nothing is
// sound, even where the last frame was cut short.
func (c *container) beforeTags() (end int64, err error) {
	for end = c.size; ; {
		was := end
		foot, err := c.read(max(0, end-128), min(128, end))
		if err != nil {
			return 0, err
		}
		if len(foot) == 128 && string(foot[:3]) == "TAG" {
			end -= 128
		}
		if at := len(foot) - 32; at >= 0 && string(foot[at:at+8]) == "APETAGEX" {
			end -= int64(binary.LittleEndian.Uint32(foot[at+12:]))
			if foot[at+23]&0x80 != 0 {
				end -= 32 // a head
			}
		}
		if at := len(foot) - 9; at >= 0 && string(foot[at:]) == "LYRICS200" {
			end -= 9
		}
		if end < 0 {
			return 0, damaged(MP3)
		}
		if end == was {
			return end, nil
		}
	}
}

// emptyID3 is the head of a tag of padding.
func emptyID3(length int64) []byte {
	length -= 10
	if length < 0 {
		return nil
	}
	return []byte{'I', 'D', '3', 4, 0, 0, byte(length >> 21 & 0x7f), byte(length >> 14 & 0x7f), byte(length >> 7 & 0x7f), byte(length & 0x7f)}
}

// mp3Frame is a frame by its head; kind is what all frames of a recording have in
// common, 0 of none.
type mp3Frame struct {
	kind   uint16
	length int64
}

var mp3Rates = [2][15]int64{
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
}

func mp3FrameOf(head []byte) mp3Frame {
	if len(head) < 4 || head[0] != 0xff || head[1]&0xe6 != 0xe2 { // layer III
		return mp3Frame{}
	}
	version, rate, frequency := head[1]>>3&3, head[2]>>4, head[2]>>2&3
	if version == 1 || rate == 0 || rate == 15 || frequency == 3 {
		return mp3Frame{}
	}
	hertz, first, samples := []int64{44100, 48000, 32000}[frequency], 1, int64(144)
	if version != 3 {
		hertz, first, samples = hertz>>1, 0, 72
	}
	if version == 0 {
		hertz >>= 1
	}
	return mp3Frame{uint16(head[1]&0xfe)<<8 | uint16(head[2]&0x0c), samples*1000*mp3Rates[first][rate]/hertz + int64(head[2]>>1&1)}
}

// isFrame reports whether another frame of the same kind is there, or the end.
func (c *container) isFrame(at, end int64, f mp3Frame) bool {
	if at >= end {
		return at == end
	}
	head, err := c.read(at, min(4, end-at))
	return err == nil && mp3FrameOf(head).kind == f.kind
}

// cleanWAV keeps the format and the sound; every other chunk becomes JUNK.
func (c *container) cleanWAV() error {
	head, err := c.read(0, min(12, c.size))
	if err != nil || len(head) < 12 {
		return damaged(WAV)
	}
	end := min(int64(binary.LittleEndian.Uint32(head[4:]))+8, c.size)
	sound := false
	at := int64(12)
	for at+8 <= end {
		head, err := c.read(at, 8)
		if err != nil {
			return err
		}
		kind, body, length := string(head[:4]), at+8, int64(binary.LittleEndian.Uint32(head[4:]))
		if kind == "data" && body+length > end { // as a recorder leaves it that was switched off
			length = end - body
		}
		if body+length > end {
			return damaged(WAV)
		}
		switch kind {
		case "fmt ":
			if err := c.formatOfWAV(body, length); err != nil {
				return err
			}
		case "data":
			if sound {
				return damaged(WAV)
			}
			sound = true
		default:
			c.patches = append(c.patches, patch{at, 8 + length, append([]byte("JUNK"), head[4:]...)})
		}
		if length&1 != 0 && body+length < end {
			c.zero(body+length, 1)
			length++
		}
		at = body + length
	}
	c.zero(at, c.size-at)
	if !sound {
		return damaged(WAV)
	}
	return nil
}

// formatOfWAV refuses codings that could carry tags of their own.
func (c *container) formatOfWAV(at, length int64) error {
	if length < 16 || length > 64 {
		return damaged(WAV)
	}
	format, err := c.read(at, length)
	if err != nil {
		return err
	}
	known := length
	switch code := binary.LittleEndian.Uint16(format); code {
	case 1, 3, 6, 7: // PCM, floating point, A-law, µ-law
		known = 16
	case 2, 0x11: // ADPCM
	case 0xfffe: // PCM of more than two channels or 16 bits
		if length < 40 || format[24] != 1 && format[24] != 3 || format[25] != 0 {
			return fmt.Errorf("这个 WAV 的编码不认识")
		}
		known = 40
	default:
		return fmt.Errorf("这个 WAV 的编码（%#x）不认识", code)
	}
	if known < length {
		c.zero(at+known, length-known)
	}
	return nil
}

// oggFile is an Ogg being looked through: pages of one stream or several, which say
// with their first packet what they are, and with their second who made them.
type oggFile struct {
	*container
	streams map[uint32]*oggStream
}

type oggStream struct {
	opens    string    // of the packet of comments
	framed   bool      // which a bit ends
	packet   int       // that is being read
	comments []oggPart // the pages that hold it
	length   int64     // of it
	done     bool
}

// oggPart is a page and the stretch of it that belongs to a packet.
type oggPart struct {
	at, length int64 // of the page
	part       stretch
}

const maxOggParts = 4096

func (o *oggFile) clean() error {
	for at := int64(0); at < o.size; {
		head, err := o.read(at, min(27+255, o.size-at))
		if err != nil {
			return err
		}
		if len(head) < 27 || string(head[:5]) != "OggS\x00" || len(head) < 27+int(head[26]) {
			return damaged(Ogg)
		}
		if at, err = o.page(at, head[:27+int(head[26])]); err != nil {
			return err
		}
	}
	for _, s := range o.streams {
		if !s.done {
			return damaged(Ogg)
		}
	}
	return nil
}

// page looks at a page and returns where the next one begins.
func (o *oggFile) page(at int64, head []byte) (next int64, err error) {
	body := at + int64(len(head))
	next = body
	for _, n := range head[27:] {
		next += int64(n)
	}
	if next > o.size {
		return 0, damaged(Ogg)
	}
	serial := binary.LittleEndian.Uint32(head[14:])
	if head[5]&2 != 0 { // the first of a stream
		if s := o.streams[serial]; s != nil && !s.done {
			return 0, damaged(Ogg)
		}
		if o.streams[serial], err = o.begin(body, next); err != nil {
			return 0, err
		}
	}
	s := o.streams[serial]
	if s == nil {
		return 0, damaged(Ogg)
	}
	return next, o.packets(s, at, next, body, head[27:])
}

// packets looks at the pieces of packets on a page, whose lengths lacing has.
func (o *oggFile) packets(s *oggStream, at, next, body int64, lacing []byte) error {
	from := body
	for n, length := range lacing {
		body += int64(length)
		ends := length < 255
		if s.packet == 1 && (ends || n == len(lacing)-1) {
			if s.comments = append(s.comments, oggPart{at, next - at, stretch{from, body}}); len(s.comments) > maxOggParts {
				return damaged(Ogg)
			}
			s.length += body - from
			if ends {
				if err := o.empty(s); err != nil {
					return err
				}
			}
		}
		if ends {
			s.packet, from = s.packet+1, body
		}
	}
	return nil
}

// begin says what a stream is.
func (o *oggFile) begin(at, to int64) (*oggStream, error) {
	first, err := o.read(at, min(8, to-at))
	switch {
	case err != nil:
		return nil, err
	case bytes.HasPrefix(first, []byte("\x01vorbis")):
		return &oggStream{opens: "\x03vorbis", framed: true}, nil
	case string(first) == "OpusHead":
		return &oggStream{opens: "OpusTags"}, nil
	}
	return nil, fmt.Errorf("这个 Ogg 里有 Vorbis 和 Opus 以外的内容")
}

// empty replaces the comments by none: the maker's name takes up their room, with
// zeros.
func (o *oggFile) empty(s *oggStream) error {
	fixed := len(s.opens) + 8
	if s.framed {
		fixed++
	}
	first, err := o.read(s.comments[0].part.from, min(int64(len(s.opens)), s.length))
	if err != nil || string(first) != s.opens || s.length < int64(fixed) {
		return damaged(Ogg)
	}
	packet := binary.LittleEndian.AppendUint32([]byte(s.opens), uint32(s.length-int64(fixed)))
	packet = append(packet, make([]byte, s.length-int64(len(packet)))...)
	if s.framed {
		packet[len(packet)-1] = 1
	}
	for _, p := range s.comments {
		page, err := o.read(p.at, p.length)
		if err != nil {
			return err
		}
		n := copy(page[p.part.from-p.at:p.part.to-p.at], packet)
		packet = packet[n:]
		binary.LittleEndian.PutUint32(page[22:], 0)
		binary.LittleEndian.PutUint32(page[22:], oggSum(page))
		o.patches = append(o.patches, patch{p.at, p.length, page})
	}
	s.done, s.comments = true, nil
	return nil
}

var oggTable = func() (table [256]uint32) {
	for n := range table {
		sum := uint32(n) << 24
		for range 8 {
			sum = sum<<1 ^ sum>>31*0x04c11db7
		}
		table[n] = sum
	}
	return table
}()

// oggSum is the checksum of a page.
func oggSum(page []byte) (sum uint32) {
	for _, b := range page {
		sum = sum<<8 ^ oggTable[byte(sum>>24)^b]
	}
	return sum
}
