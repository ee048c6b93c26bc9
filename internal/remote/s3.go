package remote

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"wangjian/internal/campaign"
)

// bucketStore is a folder of object storage. Each file is one request with its length
// and its MD5: no chunks, which OSS and COS refuse.
type bucketStore struct {
	core   minio.Core
	d      *campaign.Bucket
	prefix string // "" or with a slash at its end
}

func openBucket(ctx context.Context, d *campaign.Destination, secret string) (Store, error) {
	b := d.Bucket
	endpoint, err := url.Parse(b.Endpoint)
	if err != nil {
		return nil, fmt.Errorf("服务地址“%s”不对", b.Endpoint)
	}
	addressing := minio.BucketLookupDNS
	if b.Addressing == campaign.ByPath {
		addressing = minio.BucketLookupPath
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 2 * AtOnce
	transport.ResponseHeaderTimeout = answerTimeout
	transport.DisableCompression = true // a range of a compressed file is of its bytes
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(b.KeyID, secret, ""),
		Secure: endpoint.Scheme == "https", Region: b.Region, BucketLookup: addressing,
		Transport: conditions{transport, b.ForbidOverwrite}, MaxRetries: attempts,
	})
	if err != nil {
		return nil, err
	}
	s := &bucketStore{core: minio.Core{Client: client}, d: b}
	if dir := strings.Trim(b.Dir, "/"); dir != "" {
		s.prefix = dir + "/"
	}
	there, err := client.BucketExists(ctx, b.Bucket)
	switch {
	case isBroken(err):
		at, _ := url.Parse(s.Address(""))
		return nil, fmt.Errorf("连不上 %s：%w；核对“服务地址”，和“寻址”是域名还是路径", at.Host, err)
	case err != nil:
		return nil, answered(err)
	case !there:
		return nil, fmt.Errorf("没有叫“%s”的桶：先在控制台建好，或核对“桶”“服务地址”“区域”“访问密钥ID”", b.Bucket)
	}
	return s, nil
}

// conditions adds the header that a service wants instead of If-None-Match.
type conditions struct {
	http.RoundTripper
	header string // "" for none
}

// onlyNew marks the context of a request that must not write over anything.
type onlyNew struct{}

func (c conditions) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.header != "" && r.Context().Value(onlyNew{}) != nil {
		r = r.Clone(r.Context())
		r.Header.Set(c.header, "true")
	}
	return c.RoundTripper.RoundTrip(r)
}

// answered says in Chinese what a service answered.
func answered(err error) error {
	if err == nil {
		return nil
	}
	answer := minio.ToErrorResponse(err)
	if answer.StatusCode == http.StatusPreconditionFailed || answer.StatusCode == http.StatusConflict {
		return fs.ErrExist
	}
	switch answer.Code {
	case "":
		return err
	case minio.NoSuchKey, "NotFound":
		return fs.ErrNotExist
	case "AccessDenied", "Forbidden", "SignatureDoesNotMatch", "InvalidAccessKeyId":
		return fmt.Errorf("服务不让这把访问密钥这样做（%s）：核对“访问密钥ID”、存着的 Secret、“区域”，和它在这个桶里的权限（读、写、删、列出）", answer.Code)
	case minio.InvalidBucketName:
		return errors.New("桶的名称不对：3 到 63 个小写字母、数字和连字符，核对“桶”")
	case minio.NoSuchBucket:
		return errors.New("没有这个桶：核对“桶”“服务地址”“区域”")
	}
	if answer.StatusCode >= 500 {
		return fmt.Errorf("服务现在办不了（%d %s）：过一会儿再来，一直这样的问服务商", answer.StatusCode, answer.Code)
	}
	if strings.HasPrefix(answer.Code, strconv.Itoa(answer.StatusCode)) { // it has said no more
		return fmt.Errorf("服务不认这样的请求（%d）：核对“服务地址”“区域”“寻址”和“载荷签名”", answer.StatusCode)
	}
	return fmt.Errorf("服务回答 %d %s %s", answer.StatusCode, answer.Code, answer.Message)
}

// isBroken reports whether an error is of the connection: a service has not answered.
func isBroken(err error) bool {
	return err != nil && minio.ToErrorResponse(err).StatusCode == 0 && !errors.Is(err, context.Canceled)
}

func (s *bucketStore) List(ctx context.Context) (list []Object, err error) {
	for o := range s.core.Client.ListObjects(ctx, s.d.Bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, answered(o.Err)
		}
		if p := strings.TrimPrefix(o.Key, s.prefix); p != "" && !strings.HasSuffix(p, "/") {
			list = append(list, Object{Path: p, Size: o.Size, Modified: o.LastModified, tag: strings.Trim(o.ETag, `"`)})
		}
	}
	return list, ctx.Err()
}

func (s *bucketStore) Get(ctx context.Context, p string) (io.ReadCloser, error) {
	var encoding string
	stored, err := open(ctx, isBroken, func(offset int64) (io.ReadCloser, error) {
		var o minio.GetObjectOptions
		if offset > 0 {
			if err := o.SetRange(offset, 0); err != nil {
				return nil, err
			}
		}
		body, _, head, err := s.core.GetObject(ctx, s.d.Bucket, s.prefix+p, o)
		if err == nil {
			encoding = head.Get("Content-Encoding")
		}
		return body, answered(err)
	})
	if err != nil || encoding != "gzip" {
		return stored, err
	}
	plain, err := gzip.NewReader(stored)
	if err != nil {
		stored.Close()
		return nil, fmt.Errorf("%s 存的不是 gzip：%w", p, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{plain, stored}, nil
}

// mostCompressed bounds a file that is compressed, which is held in memory.
const mostCompressed = 64 << 20

// stored is a file as it is stored: compressed or not, with its sums.
type stored struct {
	io.ReadSeeker
	size        int64
	md5, sha256 []byte
	headers     headers
}

// asStored returns a file as it is stored.
func (s *bucketStore) asStored(p string, content io.ReadSeeker, size int64) (stored, error) {
	out := stored{ReadSeeker: content, size: size, headers: headersOf(p)}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return out, err
	}
	if out.headers.compressed = out.headers.compressed && !s.d.Plain && size <= mostCompressed; out.headers.compressed {
		var b bytes.Buffer
		w := gzip.NewWriter(&b) // without a time or a name: the same bytes each time
		if _, err := io.Copy(w, content); err != nil {
			return out, err
		}
		if err := w.Close(); err != nil {
			return out, err
		}
		out.ReadSeeker, out.size = bytes.NewReader(b.Bytes()), int64(b.Len())
	}
	sum, signed := md5.New(), sha256.New()
	to := io.Writer(sum)
	if s.d.SignsPayload {
		to = io.MultiWriter(sum, signed)
	}
	if _, err := io.Copy(to, out.ReadSeeker); err != nil {
		return out, err
	}
	out.md5, out.sha256 = sum.Sum(nil), signed.Sum(nil)
	_, err := out.Seek(0, io.SeekStart)
	return out, err
}

func (s *bucketStore) Put(ctx context.Context, p string, content io.ReadSeeker, size int64) error {
	return s.put(ctx, p, content, size, minio.PutObjectOptions{})
}

func (s *bucketStore) put(ctx context.Context, p string, content io.ReadSeeker, size int64, o minio.PutObjectOptions) error {
	f, err := s.asStored(p, content, size)
	if err != nil {
		return err
	}
	o.ContentType, o.CacheControl, o.DisableContentSha256 = f.headers.contentType, cacheControl, true
	if f.headers.compressed {
		o.ContentEncoding = "gzip"
	}
	payload := ""
	if s.d.SignsPayload {
		payload = hex.EncodeToString(f.sha256)
	}
	_, err = s.core.PutObject(ctx, s.d.Bucket, s.prefix+p, f.ReadSeeker, f.size, base64.StdEncoding.EncodeToString(f.md5), payload, o)
	return answered(err)
}

func (s *bucketStore) Create(ctx context.Context, p string, content []byte) error {
	var o minio.PutObjectOptions
	if s.d.ForbidOverwrite == "" {
		o.SetMatchETagExcept("*")
	}
	return s.put(context.WithValue(ctx, onlyNew{}, true), p, bytes.NewReader(content), int64(len(content)), o)
}

func (s *bucketStore) Has(ctx context.Context, o Object, content io.ReadSeeker, size int64) (bool, error) {
	f, err := s.asStored(o.Path, content, size)
	if err != nil || f.size != o.Size {
		return false, err
	}
	return strings.EqualFold(o.tag, hex.EncodeToString(f.md5)), nil
}

func (s *bucketStore) Delete(ctx context.Context, p string) error {
	err := answered(s.core.RemoveObject(ctx, s.d.Bucket, s.prefix+p, minio.RemoveObjectOptions{}))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Address is the object's own: that at which the public reads it is the caller's.
func (s *bucketStore) Address(p string) string {
	u := *s.core.EndpointURL()
	if s.d.Addressing == campaign.ByPath {
		return u.JoinPath(s.d.Bucket, s.prefix+p).String()
	}
	u.Host = s.d.Bucket + "." + u.Host
	return u.JoinPath(s.prefix + p).String()
}

func (s *bucketStore) Remains(ctx context.Context) string {
	v, err := s.core.GetBucketVersioning(ctx, s.d.Bucket)
	switch {
	case err != nil:
		return "看不到这个桶是不是保留旧版本（这把访问密钥没有权限）：保留的话，换下和撤下的旧版本还在桶里，到控制台删"
	case v.Status != "":
		return "这个桶保留旧版本：换下和撤下的内容，旧版本还在桶里，知道版本号的人读得到；要清除的到控制台删去这些文件的旧版本，或设生命周期"
	}
	return ""
}

func (s *bucketStore) Close() error { return nil }
