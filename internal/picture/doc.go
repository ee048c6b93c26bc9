// Package picture makes photos, videos and recordings fit to be published: nothing
// of what a camera, a phone or a program writes beside the picture gets out.
//
// A picture is decoded, turned upright as its Exif says, brought to plain 8 bit
// colour, scaled down to a few widths (never up) and encoded anew. What is
// published holds pixels and nothing else: no Exif, GPS, XMP, thumbnail, maker
// note, comment, text chunk or colour profile. The original is never published.
//
//   - A photo on paper is one of the published files, the narrowest that prints well.
//   - JPEG, PNG and WebP are taken, told by their bytes and not by their name.
//     Moving ones (APNG, animated WebP, GIF) and all others are refused: what
//     they would lose must be a person's decision.
//   - JPEG stays JPEG. PNG and WebP become JPEG where they hold a photo, and
//     PNG where they have transparency or few colours, as drawings do.
//   - Grey, palette, 16 bit, CMYK and YCCK come out as 8 bit RGB. An embedded
//     colour profile is dropped; the numbers are taken for sRGB, so that a
//     Display P3 photo comes out a little duller, never wrong in place.
//   - The bytes are the same on every machine: all reckoning is in whole
//     numbers.
//
// A [Studio] keeps what it made under the hash of the original, so that an
// unchanged picture is decoded once.
//
//	sniff.go        what a file is, by its first bytes
//	decode.go       from bytes to pixels, within bounds
//	orientation.go  upright
//	exif.go         what Exif and XMP tell: how the camera was held, and where
//	scale.go        smaller
//	develop.go      the sizes of a picture, encoded
//	studio.go       what is kept
//	asset.go        files of the layouts
//	container.go    videos and recordings: read in windows, and patched
//	video.go        MP4
//	sound.go        MP3, WAV, Ogg
package picture
