// Package publication publishes a campaign: it works out what goes out, has a person
// agree, delivers the site, checks what was delivered and records it. The commands
// and the desk call the same.
//
// An [Act] is one publication, or one build, which is a draft of it and is not
// recorded. [Act.Publish] reads and checks the campaign and shows a [Plan]: what
// would be new, changed and gone for the public, what is held back, which errors
// stop it and what waits to be taken down. Once the person agrees it delivers by a
// [publish.Delivery] (a folder, an upload package), reads back what was delivered, and adds
// the entry to the record of publications. Whatever fails, and whenever it is
// stopped, the site is the old one or the new one, and the record is one that the
// next publication goes on from.
//
//	act.go      the act, step by step
//	plan.go     what it would change
//	verify.go   a published site against its sums and against the campaign
//	correct.go  the corrections that what changed needs
//	history.go  what was public when
package publication
