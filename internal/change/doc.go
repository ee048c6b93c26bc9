// Package change holds what is to be changed in a campaign's folder before any of
// it is written.
//
// A command, or a screen of the desk, works out a [Set] over the files as they
// are: [Set.Write] and [Set.Remove] note what a file will be, [Set.FS] is the
// campaign as it would be, to be read and checked. A person sees the difference
// ([File.Lines]). [Set.Apply] writes all of it, unless another program has changed one
// of the files meanwhile, and returns what takes it back.
package change
