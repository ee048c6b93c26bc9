package remote

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
)

// hostKeys returns what decides whether a server is the one that is meant, and the
// kinds of keys to ask it for.
func hostKeys(d *campaign.SFTPServer, address string) (ssh.HostKeyCallback, []string, error) {
	if d.HostKey != "" {
		key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(d.HostKey))
		if err != nil {
			return nil, nil, errors.New("campaign.yaml 的“主机公钥”读不出来：写成 ssh-ed25519 AAAA… 一行")
		}
		fixed := ssh.FixedHostKey(key)
		return func(host string, addr net.Addr, got ssh.PublicKey) error {
			if fixed(host, addr, got) != nil {
				return otherKey(got)
			}
			return nil
		}, algorithms(key.Type()), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, nil, cause.Failed("查找主文件夹", "", err)
	}
	known, err := knownhosts.New(filepath.Join(home, ".ssh", "known_hosts"))
	if errors.Is(err, os.ErrNotExist) {
		known = func(string, net.Addr, ssh.PublicKey) error { return &knownhosts.KeyError{} }
	} else if err != nil {
		return nil, nil, cause.Failed("读", "~/.ssh/known_hosts", err)
	}
	var kinds []string
	if unlike, ok := errors.AsType[*knownhosts.KeyError](known(address, &net.TCPAddr{}, noKey{})); ok {
		for _, k := range unlike.Want {
			kinds = append(kinds, algorithms(k.Key.Type())...)
		}
	}
	return func(host string, addr net.Addr, got ssh.PublicKey) error {
		err := known(host, addr, got)
		if unlike, ok := errors.AsType[*knownhosts.KeyError](err); ok {
			if len(unlike.Want) > 0 {
				return otherKey(got)
			}
			return fmt.Errorf("没有核对过这台服务器：它的公钥指纹是 %s。向管服务器的人核对，相符的在 campaign.yaml 里它的 SFTP 下写上：主机公钥: %s", ssh.FingerprintSHA256(got), line(got))
		}
		return err
	}, kinds, nil
}

// otherKey: what answers may be another's machine.
func otherKey(got ssh.PublicKey) error {
	return fmt.Errorf("服务器的公钥与核对过的不同，没有登录：它现在的指纹是 %s。可能有人冒充它，也可能它重装过；向管服务器的人核对，确实换了的，改“主机公钥”（或 known_hosts）为 %s", ssh.FingerprintSHA256(got), line(got))
}

// line returns a key as it is written in a file.
func line(k ssh.PublicKey) string {
	text := ssh.MarshalAuthorizedKey(k)
	return string(text[:len(text)-1])
}

// algorithms returns the signatures that a kind of key makes.
func algorithms(kind string) []string {
	if kind == ssh.KeyAlgoRSA {
		return []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
	}
	return []string{kind}
}

// noKey is a key that no server has, to learn from known_hosts which keys it has.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return nil }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.ErrUnsupported }
