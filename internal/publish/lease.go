package publish

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"wangjian/internal/cache"
	"wangjian/internal/remote"
)

// leaseFile is what a sending leaves on a server until it has come to its end. While it
// is there, nobody else sends. It may be read by the public, and names neither a person
// nor a machine nor a page that has not been public.
const leaseFile = remote.Own + "publishing.json"

// lease is what the file says.
type lease struct {
	Copy    string `json:"copy"`            // the campaign's folder that sends: a random number of its own
	Run     string `json:"run"`             // this sending
	Started string `json:"started"`         // by the clock of who sends
	Since   string `json:"since,omitempty"` // by the server's clock, when the first sending began that did not end
	// Added are the hashes of the paths that are sent and were not public: should they
	// be withdrawn before the next sending, it has to delete them.
	Added []string `json:"added,omitempty"`
	// Gone are the files that are deleted, until it is proved that they are gone.
	Gone []string `json:"gone,omitempty"`

	since    time.Time // zero where the sending before came to its end
	excludes bool      // the server keeps two senders apart
	cached   bool      // the public reads through a cache
}

// Taken: somebody else is sending, or has not come to an end.
type Taken struct{ Started string }

func (t *Taken) Error() string {
	return fmt.Sprintf("另一台电脑正在向这里发布（%s 开始），或者没有发布完就停了：等它完成；确定没有人在发布的，接管它（工作台上打钩“接管”，或加 --take-over）", t.Started)
}

// copyOf returns the number of a campaign's folder, which is made where there is none.
func copyOf(root string) string {
	f := cache.NewFolder(root, "copy", 1)
	if id, ok := f.Get("id"); ok {
		return string(id)
	}
	id := rand.Text()
	f.Put("id", []byte(id))
	return id
}

// takeLease puts a lease on a server, or goes on from that of a sending of the same
// folder, which must have ended: one publication of a campaign runs at a time. With
// over it goes on from anybody's.
func takeLease(ctx context.Context, store remote.Store, root string, over bool) (*lease, error) {
	m := &lease{Copy: copyOf(root), Run: rand.Text(), Started: time.Now().Format("2006-01-02 15:04")}
	before, err := seenLease(ctx, store)
	if err != nil {
		return nil, err
	}
	if before != nil && before.Copy != m.Copy && !over {
		return nil, &Taken{before.Started}
	}
	if before != nil {
		m.Since, m.Added, m.Gone, m.since = before.Since, before.Added, before.Gone, before.since
		m.excludes, err = excludes(ctx, store, m)
	} else {
		m.excludes, err = m.create(ctx, store)
	}
	if err == nil && before != nil {
		err = m.put(ctx, store)
	}
	return m, err
}

// create writes the lease where there is none, and reports whether the server keeps two
// senders apart.
func (m *lease) create(ctx context.Context, store remote.Store) (bool, error) {
	for range 2 {
		err := store.Create(ctx, leaseFile, m.bytes())
		if err == nil {
			return excludes(ctx, store, m)
		}
		if !errors.Is(err, fs.ErrExist) {
			return false, fmt.Errorf("在服务器上写 %s：%w", leaseFile, err)
		}
		switch is, err := seenLease(ctx, store); {
		case err != nil:
			return false, err
		case is != nil && is.Run == m.Run: // a broken connection hid that it was made
			return excludes(ctx, store, m)
		case is != nil:
			return false, &Taken{is.Started}
		}
	}
	// Some buckets with versions refuse for a file that was deleted.
	return false, m.put(ctx, store)
}

// excludes reports whether a server refuses to write over a file when it is told to:
// the lease is there, so it must.
func excludes(ctx context.Context, store remote.Store, m *lease) (bool, error) {
	switch err := store.Create(ctx, leaseFile, m.bytes()); {
	case errors.Is(err, fs.ErrExist):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("在服务器上写 %s：%w", leaseFile, err)
	}
	return false, nil
}

// seenLease returns the lease of a server; nil for none.
func seenLease(ctx context.Context, store remote.Store) (*lease, error) {
	raw, err := read(ctx, store, leaseFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m := new(lease)
	if err := json.Unmarshal(raw, m); err != nil {
		m.Started, m.Since = "不知何时", "?"
	}
	if m.Since == "" {
		return m, nil // nothing was sent yet
	}
	if m.since, err = time.Parse(time.RFC3339Nano, m.Since); err != nil {
		m.since = time.Unix(0, 1) // everything is in doubt
	}
	return m, nil
}

// intend writes down what is about to be sent and deleted.
func (m *lease) intend(ctx context.Context, store remote.Store, was *inventory, sums map[string][sha256.Size]byte, t *Transfer) error {
	added, gone := map[string]bool{}, map[string]bool{}
	for _, a := range m.Added {
		added[a] = true
	}
	for p := range t.send {
		if _, public := was.sums[p]; !public {
			added[hashedPath(p)] = true
		}
	}
	for _, p := range slices.Concat(m.Gone, t.gone) {
		if _, again := sums[p]; !again && !strings.HasPrefix(p, remote.Own) {
			gone[p] = true
		}
	}
	m.Added, m.Gone = slices.Sorted(maps.Keys(added)), slices.Sorted(maps.Keys(gone))
	if m.Since == "" {
		m.Since = was.objects[leaseFile].Modified.Add(-time.Second).UTC().Format(time.RFC3339Nano)
	}
	for _, p := range t.gone { // files on their way
		if strings.HasPrefix(p, remote.Own) {
			if err := store.Delete(ctx, p); err != nil {
				return fmt.Errorf("删 %s：%w", p, err)
			}
		}
	}
	return m.put(ctx, store)
}

func (m *lease) bytes() []byte {
	raw, _ := json.Marshal(m) // into memory
	return append(raw, '\n')
}

func (m *lease) put(ctx context.Context, store remote.Store) error {
	raw := m.bytes()
	if err := store.Put(ctx, leaseFile, bytes.NewReader(raw), int64(len(raw))); err != nil {
		return fmt.Errorf("在服务器上写 %s：%w", leaseFile, err)
	}
	return nil
}

// end takes the lease away.
func (m *lease) end(ctx context.Context, store remote.Store) error {
	if err := store.Delete(ctx, leaseFile); err != nil {
		return fmt.Errorf("删 %s：%w", leaseFile, err)
	}
	return nil
}

// withdraw takes the lease away where nothing was sent with it.
func (m *lease) withdraw(ctx context.Context, store remote.Store) error {
	if m.Since != "" {
		return nil // a sending before has to be gone on with
	}
	return m.end(ctx, store)
}

// added reports whether a sending that did not come to its end has sent a path that
// was not public.
func (m *lease) added(p string) bool {
	if m == nil {
		return false
	}
	_, ok := slices.BinarySearch(m.Added, hashedPath(p))
	return ok
}

// hashedPath names a path without telling it.
func hashedPath(p string) string {
	sum := sha256.Sum256([]byte(p))
	return hex.EncodeToString(sum[:16])
}
