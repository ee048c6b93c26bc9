package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
)

// answerTimeout is how long a server may take to answer, and to take up one file.
const answerTimeout = 30 * time.Second

// sftpStore is a folder of an SFTP server. A file is written into .wangjian/ and
// renamed into its place.
type sftpStore struct {
	dir    string
	config *ssh.ClientConfig
	server string // host:port
	parts  atomic.Int64

	mu      sync.Mutex
	client  *session // nil where the connection broke
	folders map[string]bool
}

func openSFTP(ctx context.Context, d *campaign.Destination, secret string) (Store, error) {
	s := &sftpStore{dir: path.Clean(d.SFTP.Dir), server: net.JoinHostPort(d.SFTP.Host, strconv.Itoa(d.SFTP.Port)), folders: map[string]bool{}}
	if s.dir == "/" || s.dir == "." {
		return nil, fmt.Errorf("目录“%s”是整个服务器或整个主目录：写一个专门放这个网站的目录", d.SFTP.Dir)
	}
	method, err := signIn(d.SFTP, secret)
	if err != nil {
		return nil, err
	}
	check, kinds, err := hostKeys(d.SFTP, s.server)
	if err != nil {
		return nil, err
	}
	s.config = &ssh.ClientConfig{
		User: d.SFTP.User, Auth: []ssh.AuthMethod{method}, HostKeyCallback: check, HostKeyAlgorithms: kinds, Timeout: answerTimeout,
	}
	err = s.do(ctx, func(c *session) error {
		info, err := c.Stat(s.dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("服务器上没有目录 %s：请管服务器的人建好，或改“目录”", s.dir)
		case err != nil:
			return err
		case !info.IsDir():
			return fmt.Errorf("服务器上的 %s 是文件，不是目录", s.dir)
		}
		return nil
	})
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// signIn returns how a user signs in: by the private key, else by the password.
func signIn(d *campaign.SFTPServer, secret string) (ssh.AuthMethod, error) {
	if d.KeyFile == "" {
		return ssh.Password(secret), nil
	}
	name := d.KeyFile
	if below, ok := strings.CutPrefix(name, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, cause.Failed("查找主文件夹", "", err)
		}
		name = filepath.Join(home, filepath.FromSlash(below))
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, cause.Failed("读私钥", d.KeyFile, err)
	}
	signer, err := ssh.ParsePrivateKey(raw)
	if _, locked := errors.AsType[*ssh.PassphraseMissingError](err); locked {
		signer, err = ssh.ParsePrivateKeyWithPassphrase(raw, []byte(secret))
	}
	if err != nil {
		return nil, fmt.Errorf("私钥 %s 读不出来，或它的口令不对", d.KeyFile)
	}
	return ssh.PublicKeys(signer), nil
}

// connect returns the connection, which is made where there is none.
func (s *sftpStore) connect(ctx context.Context) (*session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client != nil {
		return s.client, nil
	}
	dialer := net.Dialer{Timeout: answerTimeout}
	conn, err := dialer.DialContext(ctx, "tcp", s.server)
	if err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Now().Add(answerTimeout)) // a connection that cannot have one fails below
	secure, channels, requests, err := ssh.NewClientConn(&deadlines{Conn: conn}, s.server, s.config)
	if err != nil {
		conn.Close()
		if strings.Contains(err.Error(), "unable to authenticate") {
			return nil, refused{fmt.Errorf("服务器不让“%s”登录：核对用户名，和存着的密码或私钥", s.config.User)}
		}
		if e := errors.Unwrap(err); e != nil && strings.Contains(e.Error(), "公钥") {
			return nil, refused{e}
		}
		if strings.Contains(err.Error(), "no common algorithm") {
			return nil, refused{errors.New("服务器没有“主机公钥”那一种的密钥，或只会太旧的加密：请管服务器的人看，公钥换过的改“主机公钥”")}
		}
		return nil, errors.New("那里没有照 SSH 回答：核对“主机”“端口”，要是一台 SFTP 服务器")
	}
	client, err := sftp.NewClient(ssh.NewClient(secure, channels, requests), sftp.UseConcurrentWrites(true))
	if err != nil {
		secure.Close()
		return nil, refused{fmt.Errorf("服务器上没有 SFTP：%w", err)}
	}
	s.client = &session{client, secure}
	return s.client, nil
}

// session is a connection with SFTP on it.
type session struct {
	*sftp.Client
	secure ssh.Conn
}

// Close ends the connection, which ends SFTP.
func (s *session) Close() error { return s.secure.Close() }

// deadlines is a connection that fails where the other side is silent for too long.
type deadlines struct{ net.Conn }

func (d *deadlines) Read(p []byte) (int, error) {
	_ = d.SetReadDeadline(time.Now().Add(answerTimeout))
	return d.Conn.Read(p)
}

func (d *deadlines) Write(p []byte) (int, error) {
	_ = d.SetWriteDeadline(time.Now().Add(answerTimeout))
	return d.Conn.Write(p)
}

// refused is an answer that trying again does not change.
type refused struct{ error }

func (r refused) Unwrap() error { return r.error }

// do does something, and does it again where the connection breaks.
func (s *sftpStore) do(ctx context.Context, what func(*session) error) error {
	var err error
	for n := range attempts {
		if n > 0 {
			if e := pause(ctx, n); e != nil {
				return e
			}
		}
		var c *session
		if c, err = s.connect(ctx); err == nil {
			stop := context.AfterFunc(ctx, func() { c.Close() })
			err = what(c)
			if !stop() {
				s.drop(c)
				return ctx.Err()
			}
			if !broken(err) {
				return s.explained(err)
			}
			s.drop(c)
		}
		if _, final := errors.AsType[refused](err); final || ctx.Err() != nil {
			return err
		}
	}
	return fmt.Errorf("连不上，或一再断开：%w", err)
}

// explained says in Chinese what a server answered; what callers tell apart stays.
func (s *sftpStore) explained(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("服务器不让“%s”这样做：请管服务器的人给这个用户读写 %s 的权限", s.config.User, s.dir)
	}
	if status, ok := errors.AsType[*sftp.StatusError](err); ok && status.FxCode() == sftp.ErrSSHFxFailure {
		return errors.New("服务器没有做成，也没有说原因：多半是磁盘满了、超过了配额，或那里不能写，请管服务器的人看")
	}
	return err
}

// broken reports whether an error is of the connection.
func broken(err error) bool {
	if err == nil {
		return false
	}
	if status, ok := errors.AsType[*sftp.StatusError](err); ok {
		return status.FxCode() == sftp.ErrSSHFxConnectionLost || status.FxCode() == sftp.ErrSSHFxNoConnection
	}
	_, network := errors.AsType[net.Error](err)
	return network || errors.Is(err, sftp.ErrSSHFxConnectionLost) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

// drop forgets a connection.
func (s *sftpStore) drop(c *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client == c {
		s.client = nil
	}
	c.Close()
}

func (s *sftpStore) name(p string) string { return path.Join(s.dir, p) }

func (s *sftpStore) List(ctx context.Context) (list []Object, err error) {
	err = s.do(ctx, func(c *session) error {
		list = nil
		walker := c.Walk(s.dir)
		for walker.Step() {
			if err := walker.Err(); err != nil {
				return err
			}
			info := walker.Stat()
			if info.IsDir() {
				continue
			}
			p := strings.TrimPrefix(walker.Path(), s.dir+"/")
			list = append(list, Object{Path: p, Size: info.Size(), Modified: info.ModTime()})
		}
		return nil
	})
	return list, err
}

func (s *sftpStore) Get(ctx context.Context, p string) (io.ReadCloser, error) {
	return open(ctx, broken, func(offset int64) (out io.ReadCloser, err error) {
		err = s.do(ctx, func(c *session) error {
			f, err := c.Open(s.name(p))
			if err == nil {
				_, err = f.Seek(offset, io.SeekStart)
				out = f
			}
			return err
		})
		return out, err
	})
}

func (s *sftpStore) Put(ctx context.Context, p string, content io.ReadSeeker, size int64) error {
	part := s.name(Own + "part-" + strconv.Itoa(os.Getpid()) + "-" + strconv.FormatInt(s.parts.Add(1), 10))
	return s.do(ctx, func(c *session) error {
		if _, err := content.Seek(0, io.SeekStart); err != nil {
			return err
		}
		for _, folder := range []string{path.Dir(part), path.Dir(s.name(p))} {
			if err := s.mkdir(c, folder); err != nil {
				return err
			}
		}
		err := write(c, part, content, size)
		if err == nil {
			err = c.PosixRename(part, s.name(p))
		}
		if err != nil {
			_ = c.Remove(part) // a full disk has place for the next try; what stays is deleted then
		}
		return err
	})
}

// write writes a file of so many bytes.
func write(c *session, name string, content io.Reader, size int64) error {
	f, err := c.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	n, err := f.ReadFrom(content)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if info, err := c.Stat(name); err != nil || info.Size() != size || n != size {
		return errors.Join(err, errors.New("服务器上没有写全"))
	}
	return nil
}

// mkdir makes a folder where this process has not made it.
func (s *sftpStore) mkdir(c *session, folder string) error {
	s.mu.Lock()
	made := s.folders[folder]
	s.mu.Unlock()
	if made {
		return nil
	}
	if err := c.MkdirAll(folder); err != nil {
		return err
	}
	s.mu.Lock()
	s.folders[folder] = true
	s.mu.Unlock()
	return nil
}

func (s *sftpStore) Create(ctx context.Context, p string, content []byte) error {
	return s.do(ctx, func(c *session) error {
		if err := s.mkdir(c, path.Dir(s.name(p))); err != nil {
			return err
		}
		f, err := c.OpenFile(s.name(p), os.O_WRONLY|os.O_CREATE|os.O_EXCL)
		if err != nil {
			if broken(err) {
				return err
			}
			// OpenSSH only says that it failed.
			if _, there := c.Lstat(s.name(p)); there == nil {
				return fs.ErrExist
			}
			return err
		}
		_, err = f.Write(content)
		return errors.Join(err, f.Close())
	})
}

func (s *sftpStore) Has(ctx context.Context, o Object, content io.ReadSeeker, size int64) (bool, error) {
	if o.Size != size {
		return false, nil
	}
	there, err := s.Get(ctx, o.Path)
	if err != nil {
		return false, err
	}
	defer there.Close()
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	return sameContent(there, content)
}

// sameContent reports whether two files are the same.
func sameContent(a, b io.Reader) (bool, error) {
	one, other := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(a, one)
		m, e := io.ReadFull(b, other)
		if !bytes.Equal(one[:n], other[:m]) {
			return false, nil
		}
		for _, err := range []error{err, e} {
			if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
				return false, err
			}
		}
		if err != nil {
			return true, nil
		}
	}
}

// Delete deletes a file, and the folders that are empty without it.
func (s *sftpStore) Delete(ctx context.Context, p string) error {
	return s.do(ctx, func(c *session) error {
		if err := c.Remove(s.name(p)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for folder := path.Dir(s.name(p)); folder != s.dir; folder = path.Dir(folder) {
			if c.RemoveDirectory(folder) != nil {
				break // it is not empty
			}
			s.mu.Lock()
			delete(s.folders, folder)
			s.mu.Unlock()
		}
		return nil
	})
}

func (s *sftpStore) Address(string) string { return "" }

func (s *sftpStore) Remains(context.Context) string { return "" }

func (s *sftpStore) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client == nil {
		return nil
	}
	return s.client.Close()
}
