// Package desk is the whole job in a browser: screens over one open campaign, each a
// page made on the server. It writes the same files as the commands, through the
// same packages; it keeps nothing else but a list of the folders that were open.
//
// [Serve] listens on this machine and shows the site's preview at its root and the
// screens below /_desk/. A screen is one value (screen.go): its name, title and
// template, what the template is executed with, and its acts. A GET shows a screen or
// one of its parts; a POST to /_desk/SCREEN/ACT runs an act. Either ends in one
// answer (answer.go):
//
//	page      a screen's template with data
//	goTo      another address of the desk
//	download  a file
//	proposal  a [change.Set]: shown as a difference with the findings that it would
//	          bring, written after a click, taken back as long as the window is open
//	job       work that takes long: it shows how far it is, can be stopped, and ends
//	          in another answer
//
// In the order in which a request meets them:
//
//	serve.go      the listener, the browser, the server put together
//	guard.go      whom it answers: the cookie, Host, Origin, the policies of a page
//	handler.go    which screen answers; the frame around it
//	screen.go     what a screen is, and the list of them
//	work.go       the open campaign: its preview, its last load
//	proposal.go   what is to be written: shown, written, taken back, conflicts
//	changed.go    what a file of it is, in a sentence
//	job.go        work that takes long
//	recent.go     the folders that were open last
//
// A screen stands in a file of its name. A request that changes something takes what
// is on the disk, not what was loaded for the page that it came from
// ([request.fresh]); what it writes fails where another program has changed the file
// meanwhile.
package desk
