// Command gallery draws the pictures and the clip of the sample's gallery of
// joint enforcement, so that the sample needs no photograph and shows nobody's
// face. make sample runs it, and by itself:
//
//	go -C tools/gallery run .
//
// The same program draws the same pictures. The clip is encoded by ffmpeg; with
// -ffmpeg "" it is left as it is.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"log"
	"os"
	"path/filepath"
)

// picture is one still of the gallery. The ending of its name says how it is
// stored.
type picture struct {
	file string
	draw func(*canvas)
}

var pictures = []picture{
	{"tupian-01.jpg", drawMeeting},
	{"tupian-02.png", drawMonitoring},
	{"tupian-03.jpg", drawTakeaway},
	{"tupian-04.png", drawLivestream},
	{"tupian-05.jpg", drawParcels},
	{"tupian-06.jpg", drawPort},
	{"tupian-07.png", drawToys},
	{"tupian-08.jpg", drawCommunity},
}

const (
	pictureWidth  = 1600
	pictureHeight = 1067
	jpegQuality   = 86
)

func main() {
	log.SetFlags(0)
	out := flag.String("o", "../../content/gallery", "folder to write to")
	fontDir := flag.String("fonts", "../../layouts/fonts", "folder of the fonts")
	ffmpeg := flag.String("ffmpeg", "ffmpeg", "program that encodes the clip; empty to leave the clip out")
	flag.Parse()
	if err := run(*out, *fontDir, *ffmpeg); err != nil {
		log.Fatal(err)
	}
}

func run(out, fontDir, ffmpeg string) error {
	f, err := loadFonts(fontDir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, p := range pictures {
		if err := writeImage(filepath.Join(out, p.file), p.render(f)); err != nil {
			return err
		}
	}
	if err := writeImage(filepath.Join(out, clipPoster), drawFrame(f, posterSecond)); err != nil {
		return err
	}
	if ffmpeg == "" {
		return nil
	}
	return encodeClip(f, ffmpeg, filepath.Join(out, clipFile))
}

func (p picture) render(f *fonts) image.Image {
	c := newCanvas(pictureWidth, pictureHeight, f)
	p.draw(c)
	c.mark("示例图片")
	return c.image()
}

func writeImage(name string, img image.Image) error {
	raw, err := encodeImage(name, img)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	return os.WriteFile(name, raw, 0o644)
}

func encodeImage(name string, img image.Image) ([]byte, error) {
	var buf bytes.Buffer
	var err error
	switch filepath.Ext(name) {
	case ".jpg":
		err = jpeg.Encode(&buf, img, &jpeg.Options{Quality: jpegQuality})
	case ".png":
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&buf, img)
	default:
		err = fmt.Errorf("no encoder for this ending")
	}
	return buf.Bytes(), err
}
