// Package incoming takes in what others send: files as they are dropped on a window
// or named to a command, folders, archives and saved mails with what is in them.
//
// A [Batch] is files that came in together. [Batch.Find] adds those that a command
// names (find.go), [Batch.Add] one that a browser sent; archives and mails are taken
// apart at once (parcel.go). [Batch.Judge] works out what each file is ([Kind],
// kind.go), whose it is and what would become of it: a form (form.go), a narrative,
// summary, case, warning or document (text.go), a photograph of a gallery (photo.go),
// or an original that is only kept (original.go). Each ends as taken, doubtful or
// refused, with the findings that say why. What a person says of a file ([Told])
// counts for more than what is guessed, and the batch is judged again.
//
// The forms of a batch are judged before its texts, which are compared with their
// figures. [Batch.Set] holds the originals, their register and the campaign's files
// in one change.Set; nothing is written here.
package incoming
