// Package cache holds results, so that what did not change is not done again.
//
// A result is bound to its inputs: the files that were looked at while it was
// worked out, each with its [Mark]. [Look] returns the marks of a campaign's files
// as they are now; while those of its [Inputs] match, working the result out
// again would have the same result, and is not needed. What was found in a source file
// is such a result (package source), each file of a site is one, and the record
// of a build is the list of these (package publish).
//
// A mark is size, times and inode: a changed file is told without reading it.
// Two writings within one tick of the disk's clock leave the same mark, so a mark
// is taken only once its tick is over; of a file for which that takes long, as
// on disks that count whole seconds, there is none, and it counts as changed. So
// does all that is doubtful: a result can be lost, never wrong.
//
// A [Store] holds bytes under a key that is a hash of all that they depend on.
// What a [Folder] has on disk is sealed with a key of the user's, which does not lie
// in the campaign: what is lost, damaged or written by anyone else is worked out
// again.
//
// docs/incremental.md tells what this saves.
//
//	mark.go   how a file is told from a changed one
//	look.go   what stands in a folder now, and the inputs that results are bound to
//	store.go  bytes under a key, in memory and on disk
//	secret.go the user's key, and the hash of the program
package cache
