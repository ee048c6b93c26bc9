package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/release"
	"wangjian/internal/remote"
	"wangjian/internal/sheet"
)

// Server is a site on a server: it is made and verified in a folder of this machine,
// and then what differs is sent.
//
// The server's SHA256SUMS says what its files are, as long as they are older than it.
// Data and assets are sent first, pages next, then the pages that lead to others, and
// SHA256SUMS last; what is no longer public is deleted after that, and looked for as
// the public looks for it. Whenever sending ends early, the old pages are there, and
// the lease that it leaves on the server (lease.go) has the next sending go on from it.
type Server struct {
	Folder      Folder // the site on this machine
	Destination *campaign.Destination
	// Open signs in; remote.Open where it is nil.
	Open func(context.Context, *campaign.Destination) (remote.Store, error)
	// TakeOver goes on where another computer left its lease, and replaces the site of
	// another campaign: the person says that nobody else is publishing there.
	TakeOver bool
	// Sending, where there is one, is told that file n of so many is sent, from anywhere.
	Sending func(n, of int)

	sums []byte // SHA256SUMS as it was sent
}

// Transfer is what sending a site to a server takes.
type Transfer struct {
	Files, Deleted int
	Bytes          int64 // as they are on this machine
	Strangers      []string

	send map[string]int64 // what is sent, with its size
	gone []string         // what is deleted
	sums bool             // SHA256SUMS is sent
}

// Unfinished: sending has begun and not come to its end. Pages of the old site and of
// the new one are on the server.
type Unfinished struct{ why error }

func (u *Unfinished) Error() string {
	return fmt.Sprintf("没有传完：%v。新网站在本机已经做好、核对过，服务器上原来的网页还在；再发布一次就接着传", u.why)
}

func (u *Unfinished) Unwrap() error { return u.why }

// Remaining: withdrawn content can still be read at its address.
type Remaining struct {
	Differences []Difference
}

func (r *Remaining) Error() string {
	return fmt.Sprintf("新网站已经传完，撤下的也从服务器删了，但公众的网址上还读得到 %d 个文件，所以没有记入发布记录：前面有缓存（CDN）的先刷新缓存，再发布一次，会再核对", len(r.Differences))
}

// HasBegun reports whether an error came after sending to a server had begun: what is
// there is no longer the old site alone.
func HasBegun(err error) bool {
	_, unfinished := errors.AsType[*Unfinished](err)
	_, remaining := errors.AsType[*Remaining](err)
	return unfinished || remaining
}

// Publish makes the site in its folder, verifies it, and sends it.
func (s *Server) Publish(ctx context.Context, files []release.File) (Result, error) {
	store, err := s.open(ctx) // first: what is missing to sign in is told at once
	if err != nil {
		return Result{}, err
	}
	defer store.Close()
	result, err := s.Folder.Publish(ctx, files)
	if err != nil {
		return result, err
	}
	if s.Sending != nil {
		s.Sending(0, 0)
	}
	if wrong, err := s.Folder.Verify(files); err != nil || len(wrong) > 0 {
		return result, errors.Join(err, wrongly(wrong))
	}
	m, err := takeLease(ctx, store, s.Folder.Campaign, s.TakeOver)
	if err != nil {
		return result, err
	}
	sent, err := s.send(ctx, store, m)
	if err != nil {
		switch {
		case errors.As(err, new(*Remaining)):
			return result, err
		case isRefusal(err):
			return result, errors.Join(err, m.withdraw(ctx, store))
		}
		return result, &Unfinished{err}
	}
	result.Sent = sent
	result.Notes = append(result.Notes, s.notes(ctx, store, m, sent)...)
	return result, nil
}

func wrongly(wrong []Difference) error {
	if len(wrong) == 0 {
		return nil
	}
	return fmt.Errorf("本机做好的网站核对不符，有 %d 处（%s：%s），没有传：检查磁盘，再发布一次", len(wrong), wrong[0].Path, wrong[0].Words)
}

func (s *Server) open(ctx context.Context) (remote.Store, error) {
	if s.Open != nil {
		return s.Open(ctx, s.Destination)
	}
	return remote.Open(ctx, s.Destination)
}

// notes says what a person has to know of the server.
func (s *Server) notes(ctx context.Context, store remote.Store, m *lease, sent *Transfer) (notes []string) {
	if !m.excludes {
		notes = append(notes, "这个服务器不认“已有就不写”的条件，挡不住两个人同时发布：约好由一个人发布")
	}
	if n := len(sent.Strangers); n > 0 {
		notes = append(notes, "服务器的目录里还有不是本程序传的文件（"+list(sent.Strangers)+"），没有动")
	}
	if remains := store.Remains(ctx); remains != "" {
		notes = append(notes, remains)
	}
	if m.cached {
		notes = append(notes, "公众的网址前面有缓存（CDN）：换下和撤下的内容，旧的可能还留在缓存里，要到缓存的控制台刷新")
	}
	if len(m.Gone) > 0 && len(s.publicAddresses(store, "")) == 0 {
		notes = append(notes, "没有写“网址”，撤下的只按服务器的文件清单核对过，没有照公众的样子再取一次")
	}
	return notes
}

// Occupied: files that this program has not sent would be written over.
type Occupied struct{ Paths []string }

func (o *Occupied) Error() string {
	return fmt.Sprintf("服务器的目录里已经有不是本程序传的同名文件（%s），传上去会盖掉它们：看过以后移走它们，或在 campaign.yaml 的“发布”里换一个专门放这个网站的目录", list(o.Paths))
}

// isRefusal reports whether an error is that what is on a server may not be replaced.
func isRefusal(err error) bool {
	return errors.As(err, new(*Occupied)) || errors.As(err, new(*OtherSite))
}

// refuse returns an error where sending would replace what is not this campaign's:
// files that nobody has listed, or the site of a campaign of another name. What this
// computer has sent last is its own.
func (s *Server) refuse(ctx context.Context, is *inventory, t *Transfer, sums map[string][sha256.Size]byte, name string) error {
	sent, _ := sentTo(s.Folder.Campaign).Get(keyOf(s.Destination.Where()))
	remembered, _ := parseSums(sent)
	var foreign []string
	for _, p := range slices.Sorted(maps.Keys(t.send)) {
		_, there := is.objects[p]
		_, listed := is.sums[p]
		_, ours := remembered[p]
		if !there || listed || ours || is.lease.added(p) {
			continue
		}
		switch same, err := is.hasSum(ctx, p, sums[p]); {
		case err != nil:
			return err
		case !same:
			foreign = append(foreign, p)
		}
	}
	if len(foreign) > 0 {
		return &Occupied{foreign}
	}
	if s.TakeOver || len(is.sums) == 0 || bytes.Equal(is.raw, sent) {
		return nil
	}
	was := ""
	switch f, err := is.store.Get(ctx, sheet.JSONPath); {
	case err == nil:
		was = nameOf(f)
		f.Close()
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("读服务器上的 %s：%w", sheet.JSONPath, err)
	}
	if was != name {
		return &OtherSite{"服务器上", was, "在 campaign.yaml 的“发布”里换一个目录；确定要换掉它的（如行动改了名称），接管它（工作台上打钩“接管”，或加 --take-over）"}
	}
	return nil
}

// hasSum reports whether a file of a server has a sum.
func (is *inventory) hasSum(ctx context.Context, p string, sum [sha256.Size]byte) (bool, error) {
	f, err := is.store.Get(ctx, p)
	if err != nil {
		return false, fmt.Errorf("核对服务器上的 %s：%w", p, err)
	}
	defer f.Close()
	got, err := hashOf(f)
	if err != nil {
		return false, fmt.Errorf("核对服务器上的 %s：%w", p, err)
	}
	return got == sum, nil
}

// send sends what differs, deletes what is gone and proves it.
func (s *Server) send(ctx context.Context, store remote.Store, m *lease) (*Transfer, error) {
	root, err := os.OpenRoot(s.Folder.Target)
	if err != nil {
		return nil, cause.Failed("打开", s.Folder.Target, err)
	}
	defer root.Close()
	raw, err := root.ReadFile(SumsFile)
	if err != nil {
		return nil, cause.Failed("读", SumsFile, err)
	}
	sums, _ := parseSums(raw)
	was, err := lookAt(ctx, store, m)
	if err != nil {
		return nil, err
	}
	t, unsure := was.compare(sums, was.isDoubtful, func(p string) int64 { return sizeIn(root, p) })
	if err := was.omitPresent(ctx, root, t, unsure); err != nil {
		return nil, err
	}
	if err := s.refuse(ctx, was, t, sums, nameAt(s.Folder.Target)); err != nil {
		return nil, err
	}
	t.count(was, raw)
	if err := m.intend(ctx, store, was, sums, t); err != nil {
		return nil, err
	}
	if err := s.sendAll(ctx, store, root, t); err != nil {
		return nil, err
	}
	if t.sums {
		if err := store.Put(ctx, SumsFile, bytes.NewReader(raw), int64(len(raw))); err != nil {
			return nil, fmt.Errorf("传 %s：%w", SumsFile, err)
		}
	}
	if err := each(ctx, m.Gone, func(p string) error {
		if err := store.Delete(ctx, p); err != nil {
			return fmt.Errorf("删 %s：%w", p, err)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := s.proveGone(ctx, store, m); err != nil {
		return nil, err
	}
	s.sums = raw
	return t, m.end(ctx, store)
}

// openIn opens a file of the site on this machine.
func openIn(root *os.Root, p string) (*os.File, int64, error) {
	f, err := root.Open(filepath.FromSlash(p))
	if err != nil {
		return nil, 0, cause.Failed("读", p, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, cause.Failed("读", p, err)
	}
	return f, info.Size(), nil
}

// sizeIn returns the size of a file of the site on this machine.
func sizeIn(root *os.Root, p string) int64 {
	info, err := root.Stat(filepath.FromSlash(p))
	if err != nil {
		return 0 // opening it says why
	}
	return info.Size()
}

// inventory is what a server has.
type inventory struct {
	store   remote.Store
	objects map[string]remote.Object
	raw     []byte // its SHA256SUMS; nil for none
	sums    map[string][sha256.Size]byte
	lease   *lease
}

// lookAt lists a server.
func lookAt(ctx context.Context, store remote.Store, m *lease) (*inventory, error) {
	objects, err := store.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("列出服务器上的文件：%w", err)
	}
	is := &inventory{store: store, objects: map[string]remote.Object{}, lease: m}
	for _, o := range objects {
		is.objects[o.Path] = o
	}
	if _, ok := is.objects[SumsFile]; ok {
		if is.raw, err = read(ctx, store, SumsFile); err != nil {
			return nil, err
		}
		is.sums, _ = parseSums(is.raw)
	}
	return is, nil
}

// read reads a small file of a server.
func read(ctx context.Context, store remote.Store, p string) ([]byte, error) {
	f, err := store.Get(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("读服务器上的 %s：%w", p, err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, mostSums))
	if err != nil {
		return nil, fmt.Errorf("读服务器上的 %s：%w", p, err)
	}
	return raw, nil
}

// isTouched reports whether a file was written after the server's SHA256SUMS was, or
// by a sending that did not come to its end, so that the sums say nothing of it.
func (is *inventory) isTouched(o remote.Object) bool {
	if is.lease != nil && !is.lease.since.IsZero() && !o.Modified.Before(is.lease.since) {
		return true
	}
	return o.Modified.After(is.objects[SumsFile].Modified)
}

// isDoubtful reports whether that may be so: clocks of servers count in seconds.
func (is *inventory) isDoubtful(o remote.Object) bool {
	return is.isTouched(o) || !o.Modified.Before(is.objects[SumsFile].Modified.Truncate(time.Second))
}

// compare works out what has to be sent for a server to have the sums. The files of
// which its own sums are in doubt are among them, and listed as unsure.
func (is *inventory) compare(sums map[string][sha256.Size]byte, doubt func(remote.Object) bool, size func(p string) int64) (t *Transfer, unsure []string) {
	t = &Transfer{send: map[string]int64{}}
	for _, p := range slices.Sorted(maps.Keys(sums)) {
		o, there := is.objects[p]
		was, listed := is.sums[p]
		touched := there && doubt(o)
		if there && listed && !touched && was == sums[p] {
			continue
		}
		if touched {
			unsure = append(unsure, p)
		}
		t.send[p] = size(p)
	}
	for _, p := range slices.Sorted(maps.Keys(is.objects)) {
		_, stays := sums[p]
		_, listed := is.sums[p]
		switch {
		case stays || p == SumsFile || p == leaseFile:
		case listed || strings.HasPrefix(p, remote.Own) || is.lease.added(p):
			t.gone = append(t.gone, p)
		default:
			t.Strangers = append(t.Strangers, p)
		}
	}
	return t, unsure
}

// count counts what is sent, with the list itself where anything differs.
func (t *Transfer) count(is *inventory, list []byte) {
	t.Files, t.Bytes, t.Deleted = len(t.send), 0, len(t.gone)
	for _, size := range t.send {
		t.Bytes += size
	}
	if t.sums = len(t.send) > 0 || !bytes.Equal(is.raw, list); t.sums {
		t.Files, t.Bytes = t.Files+1, t.Bytes+int64(len(list))
	}
}

// omitPresent takes out of a transfer those unsure files that the server has already.
func (is *inventory) omitPresent(ctx context.Context, root *os.Root, t *Transfer, unsure []string) error {
	var mu sync.Mutex
	return each(ctx, unsure, func(p string) error {
		f, size, err := openIn(root, p)
		if err != nil {
			return err
		}
		defer f.Close()
		same, err := is.store.Has(ctx, is.objects[p], f, size)
		if err != nil {
			return fmt.Errorf("核对服务器上的 %s：%w", p, err)
		}
		if same {
			mu.Lock()
			delete(t.send, p)
			mu.Unlock()
		}
		return nil
	})
}

// turn returns when a file is sent: 0 for data and assets, 1 for pages, 2 for pages
// and lists that lead to others.
func turn(p string) int {
	switch ext := path.Ext(p); {
	case ext == ".html" && strings.Count(p, "/") > 1:
		return 1
	case ext == ".html", ext == ".xml" && !strings.Contains(p, "/"):
		return 2
	}
	return 0
}

// sendAll sends the files in their turns, several at once.
func (s *Server) sendAll(ctx context.Context, store remote.Store, root *os.Root, t *Transfer) error {
	var mu sync.Mutex
	done := 0
	for now := range 3 {
		var paths []string
		for _, p := range slices.Sorted(maps.Keys(t.send)) {
			if turn(p) == now {
				paths = append(paths, p)
			}
		}
		if err := each(ctx, paths, func(p string) error {
			if s.Sending != nil {
				mu.Lock()
				done++
				s.Sending(done, len(t.send))
				mu.Unlock()
			}
			f, size, err := openIn(root, p)
			if err != nil {
				return err
			}
			defer f.Close()
			if err := store.Put(ctx, p, f, size); err != nil {
				return fmt.Errorf("传 %s：%w", p, err)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// each does something for each path, several at once, until one fails.
func each(ctx context.Context, paths []string, do func(p string) error) error {
	queue := &queue{end: len(paths)}
	var group sync.WaitGroup
	for range min(remote.AtOnce, len(paths)) {
		group.Go(func() {
			for {
				n, ok := queue.next()
				if !ok {
					return
				}
				err := ctx.Err()
				if err == nil {
					err = do(paths[n])
				}
				if err != nil {
					queue.fail(n, err)
					return
				}
			}
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return ErrStopped
	}
	return queue.err
}

// proveGone looks for what was deleted in the server's list, and as the public does.
func (s *Server) proveGone(ctx context.Context, store remote.Store, m *lease) error {
	if len(m.Gone) == 0 {
		return nil
	}
	objects, err := store.List(ctx)
	if err != nil {
		return fmt.Errorf("列出服务器上的文件：%w", err)
	}
	gone := map[string]bool{}
	for _, p := range m.Gone {
		gone[p] = true
	}
	var wrong []Difference
	for _, o := range objects {
		if gone[o.Path] {
			wrong = append(wrong, Difference{o.Path, "删了还在服务器上"})
		}
	}
	var mu sync.Mutex
	err = each(ctx, m.Gone, func(p string) error {
		for _, address := range s.publicAddresses(store, p) {
			seen, err := remote.Look(ctx, address)
			if err != nil {
				return fmt.Errorf("照公众的样子取 %s：%w", address, err)
			}
			mu.Lock()
			m.cached = m.cached || seen.Cached
			if !seen.Gone() {
				wrong = append(wrong, Difference{p, fmt.Sprintf("已经撤下，%s 仍然读得到（回答 %d）", address, seen.Status)})
			}
			mu.Unlock()
		}
		return nil
	})
	if err == nil && len(wrong) > 0 {
		err = &Remaining{sorted(wrong)}
	}
	return err
}

// publicAddresses are where the public may read a file: behind 网址, and at the server
// itself.
func (s *Server) publicAddresses(store remote.Store, p string) (list []string) {
	if s.Destination.Address != "" {
		list = append(list, strings.TrimSuffix(s.Destination.Address, "/")+"/"+(&url.URL{Path: p}).EscapedPath())
	}
	if address := store.Address(p); address != "" {
		list = append(list, address)
	}
	return list
}

// Verify compares the server's list with what was sent.
func (s *Server) Verify([]release.File) ([]Difference, error) {
	ctx := context.Background()
	store, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	is, err := lookAt(ctx, store, nil)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(is.raw, s.sums) {
		return []Difference{{SumsFile, "服务器上的不是刚传的"}}, nil
	}
	var wrong []Difference
	for p := range is.sums {
		if _, there := is.objects[p]; !there {
			wrong = append(wrong, Difference{p, "服务器上没有"})
		}
	}
	return sorted(wrong), nil
}

// Recorded remembers what the public was given, for verify.
func (s *Server) Recorded() { sentTo(s.Folder.Campaign).Put(keyOf(s.Destination.Where()), s.sums) }

// sentTo keeps the SHA256SUMS of the last recorded publication at each destination.
// They may be lost.
func sentTo(root string) *cache.Folder { return cache.NewFolder(root, "sent", mostTargets) }

// Preview says what sending the files would take, without a trace on the server. What
// a sending that ended early has sent is counted as to be sent.
func (s *Server) Preview(ctx context.Context, files []release.File) (*Transfer, error) {
	store, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	again := &packing{sums: map[string][sha256.Size]byte{}}
	defer again.clean()
	list, err := render(ctx, files, again, 1, nil)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	for _, sum := range list {
		sizes[sum.Path] = sum.Size
	}
	m, err := seenLease(ctx, store)
	if err != nil {
		return nil, err
	}
	is, err := lookAt(ctx, store, m)
	if err != nil {
		return nil, err
	}
	t, _ := is.compare(again.sums, is.isTouched, func(p string) int64 { return sizes[p] })
	name, err := nameIn(files)
	if err == nil {
		err = s.refuse(ctx, is, t, again.sums, name)
	}
	if err != nil {
		return nil, err
	}
	t.count(is, again.list)
	return t, nil
}
