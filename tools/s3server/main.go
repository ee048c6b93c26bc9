// Command s3server serves folders as object storage, for the tests of publishing to a
// bucket: another's implementation (versitygw, over plain files), started by the test.
//
//	s3server -address 127.0.0.1:PORT -root FOLDER [-versions FOLDER] [-domain NAME]
//
// Each folder in the root is a bucket. The one account is test with the secret testsecret.
// With -versions buckets may keep versions. With -domain buckets are addressed by name too.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

func main() {
	address := flag.String("address", "127.0.0.1:0", "where it listens")
	root := flag.String("root", "", "the folder of the buckets")
	versions := flag.String("versions", "", "where older versions are kept, outside of the root")
	domain := flag.String("domain", "", "the domain below which buckets are addressed by name")
	attributes := flag.String("attributes", "", "where metadata is kept, for disks without extended attributes")
	flag.Parse()
	if err := serve(*address, *root, *versions, *domain, *attributes); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(address, root, versions, domain, attributes string) error {
	var store meta.MetadataStorer = meta.XattrMeta{}
	if attributes != "" {
		sidecar, err := meta.NewSideCar(attributes)
		if err != nil {
			return err
		}
		store = sidecar
	}
	files, err := posix.New(root, store, posix.PosixOpts{VersioningDir: versions, SideCarDir: attributes})
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return embedgw.RunVersityGW(ctx, files, &embedgw.Config{
		RootUserAccess: "test", RootUserSecret: "testsecret", Region: "us-east-1",
		Ports: []string{address}, VirtualDomain: domain, Quiet: true, KeepAlive: true,
		MaxConnections: 1000, MaxRequests: 1000, MultipartMaxParts: 10000,
	})
}
