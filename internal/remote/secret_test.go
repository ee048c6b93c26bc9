package remote

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/pkg/sftp"
	"github.com/zalando/go-keyring"
	"golang.org/x/crypto/ssh"

	"wangjian/internal/campaign"
)

// TestSecret: the secret comes from the key store, of the very account; else from the
// environment; and where there is neither, the person is told what to do.
func TestSecret(t *testing.T) {
	bucket := &campaign.Destination{Name: "云", Bucket: &campaign.Bucket{Endpoint: "https://oss.example", KeyID: "LTAI"}}
	byKey := &campaign.Destination{Name: "线上", SFTP: &campaign.SFTPServer{Host: "a.example", Port: 22, User: "w", KeyFile: "~/.ssh/id"}}
	defer func() { mocked = false }()
	want := func(d *campaign.Destination, secret, fault string) {
		t.Helper()
		got, err := Secret(d)
		if got != secret || (err == nil) != (fault == "") || err != nil && !strings.Contains(err.Error(), fault) {
			t.Errorf("got %q, %v", got, err)
		}
	}
	mocked = true
	keyring.MockInit()
	t.Setenv(SecretVariable, "")
	want(bucket, "", "没有“云”的密码：在工作台的“发布”里存一次")
	want(byKey, "", "")
	if err := StoreSecret(bucket, "abc"); err != nil {
		t.Fatal(err)
	}
	t.Setenv(SecretVariable, "other")
	want(bucket, "abc", "")
	want(byKey, "other", "")
	keyring.MockInitWithError(errors.New("locked"))
	want(bucket, "other", "")
	t.Setenv(SecretVariable, "")
	want(bucket, "", "系统的钥匙串打不开")
}

// TestHeaders: what people check against SHA256SUMS is stored as it is; pages are
// compressed.
func TestHeaders(t *testing.T) {
	for p, want := range map[string]headers{
		"cases/a/index.html":             {"text/html; charset=utf-8", true},
		"papers/0123456789ab/index.html": {"text/html; charset=utf-8", true},
		"data/statistics.csv":            {"text/csv; charset=utf-8", false},
		"open/1/附件.PDF":                  {"application/pdf", false},
		"open/1/a.unknown":               {"application/octet-stream", false},
	} {
		if got := headersOf(p); got != want {
			t.Errorf("%s: %+v, want %+v", p, got, want)
		}
	}
}

// TestExplained: what a server answers without words is said with what to do; what
// callers tell apart stays as it is.
func TestExplained(t *testing.T) {
	s := &sftpStore{dir: "/www", config: &ssh.ClientConfig{User: "web"}}
	for want, err := range map[string]error{
		"服务器没有做成，也没有说原因：多半是磁盘满了":            &sftp.StatusError{Code: uint32(sftp.ErrSSHFxFailure)},
		"服务器不让“web”这样做：请管服务器的人给这个用户读写 /www": &fs.PathError{Op: "open", Path: "/www", Err: fs.ErrPermission},
	} {
		if got := s.explained(err).Error(); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for want, answer := range map[string]minio.ErrorResponse{
		"服务现在办不了（503 SlowDown）：过一会儿再来": {StatusCode: 503, Code: "SlowDown"},
		"服务不认这样的请求（400）：核对":            {StatusCode: 400, Code: "400 Bad Request"},
		"核对“访问密钥ID”、存着的 Secret":        {StatusCode: 403, Code: "AccessDenied"},
	} {
		if got := answered(answer).Error(); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if err := s.explained(fs.ErrNotExist); err != fs.ErrNotExist {
		t.Errorf("got %v", err)
	}
}
