package campaign

import (
	"fmt"
	"regexp"
	"strings"
)

// Destination is where a site is published to: one of the places that 发布 of
// campaign.yaml names. It holds no secret.
type Destination struct {
	Name    string
	Folder  string      // 文件夹; of one on a server, where the site is made and verified first
	Package string      // 上传包: a zip file to be taken up by hand
	SFTP    *SFTPServer // nil for none
	Bucket  *Bucket     // 对象存储; nil for none
	Address string      // 网址 at which the public reads it; "" where nobody said
}

// UsualFolder is where a site is made where nobody says another place.
const UsualFolder = "public"

// SFTPServer is a folder of an SFTP server.
type SFTPServer struct {
	Host    string
	Port    int
	User    string
	Dir     string
	HostKey string // as in an authorized_keys file; "" to go by known_hosts
	KeyFile string // the private key to sign in with; "" to sign in by password
}

// HostKeyForm is a server's public key as in an authorized_keys file.
var HostKeyForm = regexp.MustCompile(`^(ssh|ecdsa|sk)-[a-z0-9@.-]+ AAAA[0-9A-Za-z+/]+={0,2}( .*)?$`)

// Addressing says how an address names a bucket.
type Addressing string

// The ways of 寻址.
const (
	ByDomain Addressing = "域名"
	ByPath   Addressing = "路径"
)

// Bucket is a folder of S3-compatible object storage.
type Bucket struct {
	Endpoint        string // http:// or https://, without a path
	Bucket          string
	Dir             string // "" for the whole bucket
	Region          string
	KeyID           string
	Addressing      Addressing
	SignsPayload    bool   // the signature covers what is uploaded
	ForbidOverwrite string // a header that takes the place of If-None-Match, "" for that
	Plain           bool   // nothing is stored compressed
}

// Ways counts the ways of delivery that are written, a folder on this machine apart.
func (d *Destination) Ways() (n int) {
	for _, written := range []bool{d.Package != "", d.SFTP != nil, d.Bucket != nil} {
		if written {
			n++
		}
	}
	return n
}

// IsRemote reports whether the destination is on a server.
func (d *Destination) IsRemote() bool { return d.SFTP != nil || d.Bucket != nil }

// Where says in Chinese where a destination is.
func (d *Destination) Where() string {
	switch {
	case d.SFTP != nil:
		host := d.SFTP.Host
		if d.SFTP.Port != 22 {
			host = fmt.Sprintf("%s:%d", host, d.SFTP.Port)
		}
		return fmt.Sprintf("SFTP，%s 的 %s", host, d.SFTP.Dir)
	case d.Bucket != nil:
		return fmt.Sprintf("对象存储，%s 的 %s", d.Bucket.host(), strings.TrimSuffix(d.Bucket.Bucket+"/"+strings.Trim(d.Bucket.Dir, "/"), "/"))
	case d.Package != "":
		return "上传包，" + d.Package
	}
	return d.Folder
}

// Account names whom a secret belongs to: the user of a server. It is "" for what
// needs none.
func (d *Destination) Account() string {
	switch {
	case d.SFTP != nil:
		return fmt.Sprintf("sftp://%s@%s:%d", d.SFTP.User, d.SFTP.Host, d.SFTP.Port)
	case d.Bucket != nil:
		return "s3://" + d.Bucket.KeyID + "@" + d.Bucket.host()
	}
	return ""
}

// host is the service, with its port where one is written.
func (b *Bucket) host() string {
	_, host, _ := strings.Cut(b.Endpoint, "://")
	return strings.TrimSuffix(host, "/")
}
