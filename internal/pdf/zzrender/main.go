package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

func main() {
	root := os.DirFS("/work/main")
	c, fs := source.Load(root)
	for _, f := range fs {
		if f.Level == campaign.Error {
			fmt.Println(f.At, f.Message)
		}
	}
	date := c.ReferenceDate
	var v *release.View
	if len(os.Args) > 2 {
		v = release.Whole(c, date, source.Contents(root))
	} else {
		v = release.Public(c, date, source.Contents(root))
	}
	for _, h := range v.Held() {
		fmt.Println("held", h.Title(), h.Reasons)
	}
	b := stats.Of(v)
	lay := layouts.Over(nil)
	fonts, _ := pdf.LoadFonts(lay)
	if p := os.Getenv("CPU"); p != "" {
		f, _ := os.Create(p)
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	if p := os.Getenv("MEM"); p != "" {
		defer func() { f, _ := os.Create(p); pprof.Lookup("allocs").WriteTo(f, 0); f.Close() }()
	}
	for i := 0; i < 4; i++ {
		t := time.Now()
		var buf bytes.Buffer
		o := pdf.Options{Fonts: fonts}
		if i == 0 {
			o.Fonts = nil
		}
		err := o.Report(&buf, v, b, lay)
		if err != nil {
			fmt.Println("ERR", err)
			os.Exit(1)
		}
		fmt.Println(time.Since(t), buf.Len())
		os.WriteFile(os.Args[1], buf.Bytes(), 0o644)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println("sys MB", m.Sys>>20)
}
