package main

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"os"
	"os/exec"
)

const (
	clipFile     = "lianhe-jianguan.mp4"
	clipPoster   = "lianhe-jianguan.jpg"
	clipWidth    = 1280
	clipHeight   = 720
	clipRate     = 25
	clipFrames   = 290
	clipSeconds  = float64(clipFrames) / clipRate
	posterSecond = 10.1
)

// shot is a part of the clip; draw gets the seconds since its start.
type shot struct {
	from, to float64
	draw     func(c *canvas, t float64)
}

var shots = []shot{
	{0, 2.4, drawTitle},
	{2.4, 6.6, drawPhases},
	{6.6, 10.8, drawFlow},
	{10.8, clipSeconds, drawEnd},
}

// captions are burnt into the picture.
var captions = []struct {
	from, to float64
	words    string
}{
	{0.5, 2.3, "十个部门联合开展网络市场监管专项行动"},
	{2.7, 3.9, "9月动员部署：制定方案，各部门确定重点领域"},
	{4.0, 5.2, "9月至11月组织实施：联合检查，突出重点问题"},
	{5.3, 6.5, "11月下旬督查总结：梳理情况，巩固行动成果"},
	{6.9, 7.7, "线上发现：网络监测，筛查疑似违法信息"},
	{7.8, 8.6, "线索移交：按部门职责转送，证据同步移转"},
	{8.7, 9.5, "线下查处：实地核查，依法立案办理"},
	{9.6, 10.7, "结果公示：依法公开处罚信息，接受监督"},
}

// encodeClip hands the frames to ffmpeg one after the other.
func encodeClip(f *fonts, ffmpeg, name string) error {
	cmd := exec.Command(ffmpeg, "-y", "-loglevel", "error",
		"-f", "rawvideo", "-pix_fmt", "rgba", "-s", fmt.Sprintf("%dx%d", clipWidth, clipHeight), "-r", fmt.Sprint(clipRate), "-i", "-",
		"-an", "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p",
		"-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
		"-c:v", "libx264", "-profile:v", "main", "-level", "3.1", "-refs", "4", "-preset", "veryslow", "-crf", "20", "-g", "50", "-threads", "1",
		"-bsf:v", "filter_units=remove_types=6", // the encoder's own note about itself
		"-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
		"-movflags", "+faststart", name)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("encode the clip: %w", err)
	}
	writeErr := writeFrames(in, f)
	in.Close()
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("encode the clip: %w", err)
	}
	return writeErr
}

func writeFrames(w io.Writer, f *fonts) error {
	for i := range clipFrames {
		if _, err := w.Write(drawFrame(f, float64(i)/clipRate).Pix); err != nil {
			return fmt.Errorf("write frame %d: %w", i, err)
		}
	}
	return nil
}

// drawFrame draws the clip at a second.
func drawFrame(f *fonts, second float64) *image.RGBA {
	c := newCanvas(clipWidth, clipHeight, f)
	backdrop(c)
	for _, s := range shots {
		if second < s.from || second >= s.to {
			continue
		}
		s.draw(c, second-s.from)
		// Each shot comes out of the paper and, but for the last, goes back.
		veil := 1 - ramp(second, s.from, s.from+0.35)
		if s.to < clipSeconds {
			veil = math.Max(veil, ramp(second, s.to-0.3, s.to))
		}
		c.fill(rect(0, 0, c.w, c.h), alpha(paper, veil))
	}
	frameClip(c, second)
	return c.image()
}

// ramp goes smoothly from 0 at a to 1 at b.
func ramp(t, a, b float64) float64 {
	x := clamp((t-a)/(b-a), 0, 1)
	return x * x * (3 - 2*x)
}

// backdrop is the paper that all shots lie on.
func backdrop(c *canvas) {
	c.fill(rect(0, 0, c.w, c.h), paper)
}

// frameClip draws what stays through the clip: the mark, the course of time
// and the caption.
func frameClip(c *canvas, second float64) {
	c.fill(rect(0, 0, c.w, 8), redDeep)
	c.fill(rect(0, c.h-6, c.w, 6), linen)
	c.fill(rect(0, c.h-6, c.w*second/clipSeconds, 6), ochre)
	words, size := "示例视频", 20.0
	w := c.fonts.sans.width(words, size) + 28
	c.stroke(roundRect(c.w-w-32, 32, w, 36, 18), 1.5, alpha(steel, 0.6))
	c.text(c.fonts.sans, words, pt{c.w - w/2 - 32, 50}, size, middle, steel)
	for _, k := range captions {
		a := ramp(second, k.from, k.from+0.2) * (1 - ramp(second, k.to-0.15, k.to))
		if a == 0 {
			continue
		}
		width := c.fonts.sans.width(k.words, 30) + 64
		c.fill(roundRect(c.w/2-width/2, 622, width, 58, 8), alpha(ink, 0.92*a))
		c.text(c.fonts.sans, k.words, pt{c.w / 2, 651}, 30, middle, alpha(paper, a))
	}
}

func drawTitle(c *canvas, t float64) {
	// Threads of a network come together behind the title.
	hub := pt{1010, 330}
	for i := range 16 {
		a := float64(i)*2*math.Pi/16 + 0.2
		r := 150 + 90*math.Abs(math.Sin(float64(i)*2.3))
		grown := ramp(t, 0.05*float64(i), 0.05*float64(i)+0.7)
		end := pt{hub.x + math.Cos(a)*r*grown, hub.y + math.Sin(a)*r*grown}
		c.stroke(line(hub, end), 2, alpha(blueGrey, 0.45))
		c.fill(circle(end, 7), []color.NRGBA{blueGrey, mist, redSoft, blueGrey}[i%4])
	}
	c.stroke(circle(hub, 74), 2, alpha(blueGrey, 0.5))
	c.fill(circle(hub, 58), redDeep)
	shield(c, hub, 34, paper)

	slide := (1 - ramp(t, 0.1, 0.9)) * 40
	a := ramp(t, 0.1, 0.8)
	c.fill(rect(112, 214, 10, 226*ramp(t, 0, 0.8)), red)
	c.text(c.fonts.sans, "赣州2022网络市场监管专项行动", pt{152 + slide, 240}, 34, left, alpha(steel, a))
	c.spaced(c.fonts.serif, "网剑行动", pt{148 + slide, 322}, 92, 0.06, left, alpha(ink, a))
	c.text(c.fonts.sans, "三个阶段　四个环节", pt{152 + slide, 414}, 34, left, alpha(redDeep, a))
}

// heading stands at the top left of a shot.
func heading(c *canvas, words string, t float64) {
	c.fill(rect(96, 72, 8, 46*ramp(t, 0, 0.5)), red)
	c.text(c.fonts.serif, words, pt{122, 96}, 44, left, ink)
}

func drawPhases(c *canvas, t float64) {
	heading(c, "三个阶段", t)
	const x0, x1, top, bottom = 372.0, 1168.0, 190.0, 560.0
	month := (x1 - x0) / 3
	for i, name := range []string{"9月", "10月", "11月"} {
		x := x0 + float64(i)*month
		c.fill(rect(x, top, month-4, 44), hex(0xE3E8EA))
		c.text(c.fonts.sans, name, pt{x + month/2 - 2, top + 22}, 25, middle, steel)
	}
	for i := range 4 {
		x := x0 + float64(i)*month - 2
		c.stroke(line(pt{x, top + 56}, pt{x, bottom}), 1.5, alpha(blueGrey, 0.35))
	}
	rows := []struct {
		name     string
		note     string
		from, to float64 // in months
		col      color.NRGBA
	}{
		{"动员部署", "制定方案", 0, 1, red},
		{"组织实施", "联合检查", 0, 3, steel},
		{"督查总结", "巩固成果", 2.67, 3, ochre},
	}
	for i, r := range rows {
		y := top + 110 + float64(i)*100
		start := 0.3 + float64(i)*1.3
		seen := ramp(t, start-0.2, start+0.3)
		now := t >= start && (i == 2 || t < start+1.3)
		name := mix(mist, ink, seen)
		if now {
			c.fill(rect(96, y-38, x1-96, 76), alpha(r.col, 0.09*seen))
		}
		c.fill(circle(pt{124, y}, 18), mix(mist, r.col, seen))
		c.text(c.fonts.sans, fmt.Sprint(i+1), pt{124, y}, 22, middle, paper)
		c.text(c.fonts.sans, r.name, pt{160, y}, 34, left, name)
		grown := ramp(t, start, start+0.9)
		a, b := x0+r.from*month, x0+r.to*month-4
		width := (b - a) * grown
		if width < 2 {
			continue
		}
		c.fill(roundRect(a, y-24, width, 48, 6), r.col)
		shown := ramp(t, start+0.6, start+1.0)
		if i == 2 { // too short a bar for its words
			c.text(c.fonts.sans, r.note, pt{a - 18, y}, 25, right, alpha(darker(r.col, 0.35), shown))
			continue
		}
		c.text(c.fonts.sans, r.note, pt{a + (b-a)/2, y}, 25, middle, alpha(paper, shown))
	}
}

// flow is the way from a finding online to its publication.
var flow = []struct {
	name string
	icon func(c *canvas, at pt, s float64, col color.NRGBA)
	col  color.NRGBA
}{
	{"线上发现", searchIcon, steel},
	{"线索移交", handoverIcon, ochre},
	{"线下查处", shopIcon, red},
	{"结果公示", noticeIcon, inkSoft},
}

func drawFlow(c *canvas, t float64) {
	heading(c, "四个环节", t)
	const y, r, gap = 320.0, 88.0, 284.0
	const step = 0.9
	x := func(i int) float64 { return c.w/2 + (float64(i)-1.5)*gap }
	for i := range len(flow) - 1 { // arrows first, below the discs
		start := 0.35 + float64(i)*step + 0.35
		grown := ramp(t, start, start+0.5)
		a, b := x(i)+r+16, x(i+1)-r-16
		c.stroke(line(pt{a, y}, pt{b, y}), 3, alpha(blueGrey, 0.35))
		if grown > 0.02 {
			tip := lerp(a+20, b, grown)
			c.stroke(line(pt{a, y}, pt{tip - 8, y}), 5, flow[i].col)
			c.fill(polygon(pt{tip + 4, y}, pt{tip - 16, y - 12}, pt{tip - 16, y + 12}), flow[i].col)
		}
	}
	for i, s := range flow {
		start := 0.25 + float64(i)*step
		seen := ramp(t, start, start+0.45)
		at := pt{x(i), y}
		col := mix(mist, s.col, seen)
		c.shadow(circle(at.add(0, 6), r), 12, alpha(ink, 0.22*seen))
		c.fill(circle(at, r), mix(haze, hex(0xFFFDF8), seen))
		c.stroke(circle(at, r), 6, col)
		s.icon(c, at, 0.92*(0.85+0.15*seen)*r, col)
		c.text(c.fonts.sans, s.name, at.add(0, r+54), 36, middle, mix(blueGrey, ink, seen))
		c.fill(roundRect(at.x-30*seen, y+r+90, 60*seen, 5, 2.5), col)
	}
}

func drawEnd(c *canvas, t float64) {
	a := ramp(t, 0, 0.5)
	mid := pt{c.w / 2, 250}
	c.fill(circle(mid, 62), redDeep)
	shield(c, mid, 36, paper)
	c.spaced(c.fonts.serif, "部门协同　依法监管", pt{c.w / 2, 380}, 60, 0.04, middle, alpha(ink, a))
	c.fill(rect(c.w/2-60*a, 434, 120*a, 5), ochre)
	c.text(c.fonts.sans, "本片为示例动画，由程序绘制", pt{c.w / 2, 490}, 30, middle, alpha(steel, a))
}
