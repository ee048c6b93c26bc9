package remote

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/zalando/go-keyring"

	"wangjian/internal/campaign"
)

// SecretVariable is the variable of the environment that the secret is in where the
// system has no key store.
const SecretVariable = "WANGJIAN_SECRET"

const service = "wangjian"

// Secret returns what signs in to a destination: a password, the passphrase of a
// private key, or the secret of an access key. The key store of the system comes
// first. It is "" for a private key that may have no passphrase.
func Secret(d *campaign.Destination) (string, error) {
	if hasKeyStore() {
		secret, err := keyring.Get(service, d.Account())
		if err == nil {
			return secret, nil
		}
		if !errors.Is(err, keyring.ErrNotFound) && os.Getenv(SecretVariable) == "" && !byKey(d) {
			return "", fmt.Errorf("系统的钥匙串打不开：%w；解锁以后再试，或用环境变量 %s 给", err, SecretVariable)
		}
	}
	if secret := os.Getenv(SecretVariable); secret != "" || byKey(d) {
		return secret, nil
	}
	return "", fmt.Errorf("没有“%s”的密码：在工作台的“发布”里存一次，或运行 wangjian publish %s --password；没有钥匙串的电脑（如服务器上）用环境变量 %s 给", d.Name, d.Name, SecretVariable)
}

// byKey reports whether a private key signs in to a destination.
func byKey(d *campaign.Destination) bool { return d.SFTP != nil && d.SFTP.KeyFile != "" }

// StoreSecret stores the secret of a destination in the key store of the system.
func StoreSecret(d *campaign.Destination, secret string) error {
	if !hasKeyStore() {
		return fmt.Errorf("这台电脑没有钥匙串：用环境变量 %s 给密码", SecretVariable)
	}
	if err := keyring.Set(service, d.Account(), secret); err != nil {
		return fmt.Errorf("存进系统的钥匙串：%w", err)
	}
	return nil
}

// mocked is set by tests, which have no session.
var mocked bool

// hasKeyStore reports whether there is a key store to ask. On Linux it belongs to the
// session of a desktop; asking without one would start programs.
func hasKeyStore() bool {
	if mocked || runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	_, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus"))
	return err == nil
}
