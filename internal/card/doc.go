// Package card draws the pictures that a page is passed on with: a wide one
// for those who preview links (1200 × 630, Open Graph), and one to post or send
// on a phone (1080 × 1440), with the item's main points, the hotline and a code
// that leads to the page. It also paints drawings of package chart, as the long
// picture of the campaign.
//
// A [Painter] draws with the layouts' fonts, each character with the first font
// that has it, in a palette of few colours, so that a picture is small and the
// same on every machine. What it has drawn it caches under a hash of everything
// that the picture depends on.
//
//	painter.go  the Painter: keys, cache, fonts
//	layout.go   where things stand on the two pictures, and lines end
//	drawing.go  the marks of a drawing
//	canvas.go   letters and boxes on a picture with a palette
//	shapes.go   what a letter covers of each pixel
package card
