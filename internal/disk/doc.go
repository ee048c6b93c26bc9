// Package disk writes single files so that nobody ever sees half of one, and keeps
// two processes from changing a campaign at once.
package disk
