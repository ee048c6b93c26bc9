package source

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/markdown"
)

// A digest stands for all that the sign-offs of an item, or of a round's figures,
// cover. It is the SHA-256 of
//
//   - path, kind, round, department and region of the file, and the names under
//     which these show, and those that its references name;
//   - the front matter (or release.yaml) as keys and values in the order of the
//     keys, without 审核, 退回, 停止公示 and 更新日期: comments, quotes, spacing and order
//     do not count;
//   - of an item, the body with line ends as LF, and the name and the SHA-256 of
//     every file that goes out with it;
//   - of a round, 口径, the form's rows with their units, every report of the
//     round with its unit's names, and the corrections.
//
// Figures that an item cites are not in it: the round's own sign-off is for
// them. What is set for the whole site (words, templates, styles, addresses) is in
// none.
type digest struct {
	hash   hash.Hash
	buffer []byte
}

const digestMark = "wangjian digest 2"

func newDigest(kind string) *digest {
	d := &digest{hash: sha256.New()}
	d.add(digestMark, kind)
	return d
}

// add writes texts so that no two different lists of them write the same.
func (d *digest) add(texts ...string) {
	d.number(len(texts))
	for _, t := range texts {
		d.number(len(t))
		d.buffer = append(d.buffer, t...)
	}
	if len(d.buffer) > 4<<10 {
		d.flush()
	}
}

func (d *digest) number(n int) { d.buffer = binary.AppendUvarint(d.buffer, uint64(n)) }

func (d *digest) flush() {
	d.hash.Write(d.buffer)
	d.buffer = d.buffer[:0]
}

func (d *digest) sum() []byte {
	d.flush()
	return d.hash.Sum(nil)
}

// String is the digest as it is written.
func (d *digest) String() string { return "sha256:" + hex.EncodeToString(d.sum()) }

// Unsigned are the keys that no signature covers.
var Unsigned = []string{"审核", "退回", "停止公示", "更新日期"}

// node writes what a node means. A key without a value is as good as none.
func (d *digest) node(n *yaml.Node, without func(key string) bool) {
	switch n.Kind {
	case yaml.MappingNode:
		var keys []int
		for k := 0; k+1 < len(n.Content); k += 2 {
			if !without(n.Content[k].Value) && !isBlank(n.Content[k+1]) {
				keys = append(keys, k)
			}
		}
		slices.SortStableFunc(keys, func(a, b int) int { return strings.Compare(n.Content[a].Value, n.Content[b].Value) })
		d.add("map")
		d.number(len(keys))
		for _, k := range keys {
			d.add(n.Content[k].Value)
			d.node(n.Content[k+1], covered)
		}
	case yaml.SequenceNode:
		d.add("list")
		d.number(len(n.Content))
		for _, c := range n.Content {
			d.node(c, covered)
		}
	default:
		d.add("text", strings.TrimSpace(n.Value))
	}
}

func covered(string) bool { return false }

func isBlank(n *yaml.Node) bool {
	return len(n.Content) == 0 && (n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" || strings.TrimSpace(n.Value) == "")
}

// shown writes the names under which a unit, a priority or a round shows; an absent
// one too.
func shown[T campaign.Entity](d *digest, what T) {
	var none T
	if what == none {
		d.add()
		return
	}
	d.add(what.Names()[:3]...)
}

// digestFront returns the part of a digest that is front matter.
func digestFront(root *yaml.Node, without ...string) string {
	d := newDigest("front")
	d.node(root, func(key string) bool { return slices.Contains(Unsigned, key) || slices.Contains(without, key) })
	return d.String()
}

// digestItem sets an item's digests, which are those of its front matter so far: that of
// all that a sign-off covers, and that of what the public may see, whose body is shown.
func (r *reader) digestItem(i *campaign.Item, body []byte, shown *markdown.Tree) {
	sums := map[string]string{}
	for _, file := range i.Files() {
		sum, err := hashFile(r.fsys, file)
		if err != nil {
			bind(&i.Release, "") // it is told elsewhere
			return
		}
		sums[file] = string(sum)
	}
	all := newDigest(string(i.Kind))
	all.add(i.File, i.Digest, string(body))
	r.digestParts(all, i, sums)
	bind(&i.Release, all.String())
	public := *i
	if len(i.OfficeOnly) > 0 {
		public.Body = i.PublicBody
	}
	out := newDigest("public")
	out.add(i.File, i.PublicDigest)
	out.blocks(shown.Blocks)
	out.blocks(shown.Footnotes)
	r.digestParts(out, &public, sums)
	i.PublicDigest = out.String()
}

// digestParts adds what an item's body and front matter name, and its files.
func (r *reader) digestParts(d *digest, i *campaign.Item, sums map[string]string) {
	shown(d, i.Round)
	shown(d, i.Department)
	shown(d, i.Region)
	if i.Case != nil {
		shown(d, i.Case.Priority)
	}
	if i.Kind == campaign.Summaries {
		d.add(i.Title, i.Source) // of the campaign's settings, where it has none of its own
	}
	for _, ref := range i.Body.References {
		shown(d, campaign.Find(r.c.Rounds, cmp.Or(ref.Round, nameless)))
		shown(d, campaign.Find(r.c.Departments, cmp.Or(ref.Department, nameless)))
		shown(d, campaign.Find(r.c.Regions, cmp.Or(ref.Region, nameless)))
	}
	for _, file := range i.Files() {
		d.add(file, sums[file])
	}
}

// blocks adds what a body shows.
func (d *digest) blocks(nodes []*markdown.Node) {
	d.number(len(nodes))
	for _, n := range nodes {
		d.number(int(n.Kind))
		d.number(n.Level)
		d.number(n.Number)
		d.number(int(n.Align))
		d.add(n.Text, n.Target)
		if n.Ordered {
			d.add("1.")
		}
		if ref := n.Reference; ref != nil {
			d.add(ref.Raw)
		}
		d.blocks(n.Children)
	}
}

// nameless is what nothing is called.
const nameless = "\n"

func hashFile(fsys fs.FS, file string) ([]byte, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
}

// digestRounds sets the digests of the rounds' figures, which are those of
// release.yaml so far, once all reports have been read.
func (r *reader) digestRounds() {
	for _, round := range r.c.Rounds {
		if round.Release == nil {
			continue
		}
		d := newDigest("round")
		d.add(round.Release.Keys.Start.File, string(round.Basis), round.Release.Digest)
		shown(d, round)
		d.form(&r.c.Form)
		for _, report := range r.c.ReportsOf(round) {
			d.report(report)
		}
		for _, x := range r.c.CorrectionsIn(round) {
			d.correction(x)
		}
		for _, file := range sortedUnread(r.unread, "data/"+round.Code+"/") {
			d.add("unread", file)
		}
		bind(round.Release, d.String())
	}
}

func sortedUnread(unread map[string]campaign.Position, folder string) (files []string) {
	for file := range unread {
		if strings.HasPrefix(file, folder) {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

func (d *digest) form(form *campaign.Form) {
	d.add("form", form.Name, form.Note)
	for _, row := range form.Rows {
		parent := -1
		if row.Parent != nil {
			parent = row.Parent.Index
		}
		shown(d, row.Department)
		shown(d, row.Priority)
		d.add(row.Name, row.Unit, fmt.Sprint(row.InHeading, row.Uncounted, row.Decimals, parent))
	}
}

func (d *digest) report(r *campaign.Report) {
	d.add("report", r.File, r.Unit, r.FiledOn.String())
	shown(d, r.Department)
	shown(d, r.Region)
	for n, part := range []campaign.Entries{r.Entries, r.Own} {
		d.number(n)
		for _, e := range slices.SortedFunc(slices.Values(part), func(a, b campaign.Filled) int { return a.Row.Index - b.Row.Index }) {
			d.number(e.Row.Index)
			d.add(e.Quantity.String(), e.LastYear.String(), e.Remark)
		}
	}
}

func (d *digest) correction(x *campaign.Correction) {
	d.add("correction", x.Item, x.OldText(), x.NewText(), x.Reason, x.On.String(), fmt.Sprint(x.Own))
	shown(d, x.Department)
	shown(d, x.Region)
}

// bind sets a record's digest and the standing of its signatures.
func bind(record *campaign.Release, digest string) {
	record.Digest = digest
	for n := range record.Signoffs {
		s := &record.Signoffs[n]
		switch {
		case s.Fingerprint == "":
			s.Standing = campaign.Unbound
		case s.Fingerprint == campaign.Fingerprint(digest, *s):
			s.Standing = campaign.Bound
		default:
			s.Standing = campaign.Stale
		}
		record.Fingerprinted = record.Fingerprinted || campaign.IsFingerprint(s.Fingerprint)
		s.Fingerprint = ""
	}
}

func readDecoded(fsys fs.FS, file string) ([]byte, error) {
	raw, err := fs.ReadFile(safely(fsys), file)
	if err != nil {
		return nil, fmt.Errorf("读不出 %s：%s", file, cause.Of(err))
	}
	text, err := Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", file, err)
	}
	return text, nil
}
