// Package remotetest starts servers for tests of what goes over the network: Debian's
// OpenSSH, and object storage that tools/s3server serves. Between a test and a server
// stands a proxy that breaks lines, answers 503, is slow, and notes what was asked. A
// server belongs to the test and ends with it.
package remotetest
