//go:build whole

package remotetest

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"wangjian/internal/campaign"
)

// Secret signs in to the bucket; its key is KeyID.
const (
	KeyID  = "test"
	Secret = "testsecret"
)

// freeAddress returns an address of this machine that nobody listens at.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start runs a server until the test ends, and waits until it answers.
func start(t testing.TB, address, program string, args ...string) {
	t.Helper()
	var said bytes.Buffer
	var mu sync.Mutex
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = locked{&mu, &said}, locked{&mu, &said}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
		select {
		case <-ended:
			t.Fatalf("%s ended: %s", program, said.String())
		default:
		}
	}
	mu.Lock()
	defer mu.Unlock()
	t.Fatalf("%s does not answer: %s", program, said.String())
}

// locked is a buffer that a process writes to while the test reads.
type locked struct {
	mu *sync.Mutex
	b  *bytes.Buffer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// SFTP starts OpenSSH, and returns a folder that it serves, to be published to as name,
// and where the folder is on this machine. The proxy stands before it.
func SFTP(t testing.TB, name string) (d *campaign.Destination, folder string, p *Proxy) {
	t.Helper()
	dir := t.TempDir()
	host, user1 := key(t, filepath.Join(dir, "host")), key(t, filepath.Join(dir, "user"))
	must(t, os.WriteFile(filepath.Join(dir, "authorized"), ssh.MarshalAuthorizedKey(user1), 0o600))
	_ = os.MkdirAll("/run/sshd", 0o755) // as root it wants the folder, as another it does not
	address := freeAddress(t)
	config := fmt.Sprintf("ListenAddress %s\nHostKey %s/host\nAuthorizedKeysFile %s/authorized\nPidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nMaxSessions 20\nSubsystem sftp internal-sftp\n", address, dir, dir)
	must(t, os.WriteFile(filepath.Join(dir, "config"), []byte(config), 0o600))
	start(t, address, sshd(t), "-D", "-e", "-f", filepath.Join(dir, "config"))
	me, err := user.Current()
	must(t, err)
	folder = filepath.Join(dir, "www")
	must(t, os.Mkdir(folder, 0o755))
	p = newProxy(t, address, false)
	at := p.listener.Addr().(*net.TCPAddr)
	return &campaign.Destination{Name: name, Folder: "public", SFTP: &campaign.SFTPServer{
		Host: at.IP.String(), Port: at.Port, User: me.Username, Dir: filepath.ToSlash(folder),
		HostKey: strings.TrimSpace(string(ssh.MarshalAuthorizedKey(host))), KeyFile: filepath.Join(dir, "user"),
	}}, folder, p
}

func sshd(t testing.TB) string {
	for _, name := range []string{"/usr/sbin/sshd", "/usr/local/sbin/sshd"} {
		if _, err := os.Stat(name); err == nil {
			return name
		}
	}
	t.Fatal("the tests need OpenSSH's server: make tools")
	return ""
}

// key writes a new private key and returns its public one.
func key(t testing.TB, name string) ssh.PublicKey {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	block, err := ssh.MarshalPrivateKey(private, "")
	must(t, err)
	must(t, os.WriteFile(name, pem.EncodeToMemory(block), 0o600))
	out, err := ssh.NewPublicKey(public)
	must(t, err)
	return out
}

// Bucket starts object storage, and returns a new bucket there, to be published to as
// name. The folder that it is kept in is on this machine. The proxy stands before it.
func Bucket(t testing.TB, name string) (d *campaign.Destination, folder string, p *Proxy) {
	t.Helper()
	root := t.TempDir()
	folder = filepath.Join(root, "buckets", "site")
	for _, dir := range []string{folder, filepath.Join(root, "attributes"), filepath.Join(root, "versions")} {
		must(t, os.MkdirAll(dir, 0o755))
	}
	address := freeAddress(t)
	start(t, address, s3server(t), "-address", address, "-root", filepath.Join(root, "buckets"),
		"-attributes", filepath.Join(root, "attributes"), "-versions", filepath.Join(root, "versions"), "-domain", "localhost")
	p = newProxy(t, address, true)
	return &campaign.Destination{Name: name, Folder: "public", Bucket: &campaign.Bucket{
		Endpoint: "http://" + p.listener.Addr().String(), Bucket: "site", Region: "us-east-1", KeyID: KeyID, Addressing: campaign.ByPath,
	}}, folder, p
}

// s3server returns the program that make builds.
func s3server(t testing.TB) string {
	name := ".wangjian/s3server/s3server"
	for range 4 { // from a package's folder up to the repository's
		if _, err := os.Stat(name); err == nil {
			break
		}
		name = filepath.Join("..", name)
	}
	name, err := filepath.Abs(name)
	must(t, err)
	if _, err := os.Stat(name); err != nil {
		t.Fatal("the tests need object storage: make s3server")
	}
	return name
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
