// Package publish renders files that package project has planned, and puts them in
// their place.
//
// [Render] renders a list of files, several at a time, into a [Sink]. It writes
// SHA256SUMS last, so that whatever has it is whole.
//
// [Folder] is the public folder on disk, and the only place from which
// something becomes public. It refuses every file that was not made from a
// public view, renders everything into a staging folder beside the target, and
// swaps the two in one step. Whatever fails, and whenever the process is
// killed, the old site or the new one stands there whole. [Upload] is another
// [Delivery]: a zip file of what has changed, to be taken up by hand. [Server] sends
// what has changed of such a folder to a server. In the order in which a build meets
// them:
//
//	deliver.go   what a way of delivering does, and the entry in the record of publications
//	upload.go    the upload package
//	server.go    a site sent to a server: what differs, in which order, and the proof
//	lease.go     what a sending leaves on a server until it has come to its end
//	readback.go  a server read back against the last recorded publication
//	record.go    what a build leaves for the next, and whether there is anything to do
//	lock.go      one build of a campaign at a time
//	target.go    which folders may be replaced
//	whose.go     which campaign's site is to be replaced
//	swap.go      what a killed build left; putting the new site in the old one's place
//	staging.go   the folder that is being written, linked to the old site where nothing changed
//	spare.go     the site before the last, from which the next one is made
//	reuse.go     what need not be rendered again, and why the rest is
//	scratch.go   where renderers store what they need until the end
//	render.go    rendering several files at a time, and SHA256SUMS
//	paths.go     which paths a site may have
//	garbage.go   how much memory may lie unused
//	verify.go    a published folder against its sums and against a rebuild
//	fetch.go     a published site read back from its address
//	disk.go      every change to a disk, behind one interface that a test can make fail
package publish
