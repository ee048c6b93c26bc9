// Package remote stores files in a folder on another machine: an SFTP server, or
// S3-compatible object storage. It knows nothing of sites.
//
// [Open] signs in to a destination and returns a [Store], with which files are
// listed, read, put, deleted and locked. What is put is there whole or not at all. A
// connection that breaks is made again, a few times, and what was being done is done
// again. The secret that signs in comes from the key store of the system or from the
// environment, never from a file of the campaign.
//
//	store.go    what a store does
//	secret.go   where the secret is
//	headers.go  what is said of a file to a browser: type, caching, compression
//	sftp.go     an SFTP server, over x/crypto/ssh and pkg/sftp
//	hostkey.go  whether the server is the one that is meant
//	resume.go    a file read on where the connection broke
//	s3.go       object storage, over minio-go
//	plain.go    a file as the public gets it
package remote
