// Package preview shows a campaign in the browser while it is being written.
//
// [Serve] takes a way of loading the site and serves it from memory; nothing is
// written to disk, and a page is rendered when somebody asks for it. When a file
// in the watched folders changes, the site is loaded again, being told which, and
// every open page reloads itself. While the input is wrong, pages show the findings instead,
// and the last good site stays to be looked at under /_preview/last/.
//
// The preview shows what is not public. It therefore answers this machine only,
// under names that no other site can take (host.go), unless it was told another
// address. [Open] and [Listen] are its halves, for a server that shows more than the
// site. In the order in which a request meets them:
//
//	serve.go     the listener, the watcher and the server put together
//	listen.go    the listener and its web server
//	host.go      whom it answers
//	handler.go   which answer a request gets
//	state.go     what there is to show: a site, or findings with the last good site
//	edition.go   one loaded site, rendered on request
//	inject.go    what the preview adds to a page: its findings and its files first
//	report.go    the page of findings
//	events.go    telling open pages to reload
//	watch.go     noticing changes: changes.go which, poll.go where no event tells
package preview
