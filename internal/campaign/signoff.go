package campaign

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Stage is a sign-off of 三审 or the confidentiality review.
type Stage string

// The three sign-offs in their order, and the confidentiality review.
const (
	FirstReview   Stage = "初审"
	SecondReview  Stage = "复审"
	FinalReview   Stage = "终审"
	SecrecyReview Stage = "保密审查"
)

// Reviews are the three sign-offs in their order.
var Reviews = []Stage{FirstReview, SecondReview, FinalReview}

// Stages lists the sign-offs in their order, the confidentiality review last.
var Stages = append(slices.Clip(Reviews), SecrecyReview)

// Standing is what a signature says of the content as it is now.
type Standing uint8

const (
	Unbound Standing = iota // signed without a 指纹
	Stale                   // its 指纹 is not of this content, or not of this signature
	Bound                   // its 指纹 is of this content
	Absent                  // nobody has signed
)

// Signoff is one signature. Signers' names are never published.
type Signoff struct {
	By          string
	On          Date
	Fingerprint string // 指纹 as written, until it is compared with the content
	Standing    Standing
}

// Signoffs are the signatures of a record, at most one of a stage. They are a
// list, for as maps they took 0.6 kB a file.
type Signoffs []Signed

// Signed is a stage with its signature.
type Signed struct {
	Stage Stage
	Signoff
}

// Of returns the signature of a stage; ok is false where there is none.
func (s Signoffs) Of(stage Stage) (sign Signoff, ok bool) {
	for _, x := range s {
		if x.Stage == stage {
			return x.Signoff, true
		}
	}
	return Signoff{Standing: Absent}, false
}

// With lists the stages that stand so.
func (s Signoffs) With(standing Standing) (stages []Stage) {
	for _, stage := range Stages {
		if x, _ := s.Of(stage); x.Standing == standing {
			stages = append(stages, stage)
		}
	}
	return stages
}

// String says who signed and when.
func (s Signoffs) String() string {
	var list []string
	for _, stage := range Stages {
		if x, ok := s.Of(stage); ok {
			list = append(list, fmt.Sprintf("%s %s %s", stage, x.By, x.On))
		}
	}
	return strings.Join(list, "；")
}

// Returned is what one who was to sign has sent back instead, until somebody signs
// again. It is never published.
type Returned struct {
	Stage  Stage
	By     string
	On     Date
	Remark string
}

// JoinStages joins the names of stages.
func JoinStages(stages []Stage) string {
	words := make([]string, len(stages))
	for n, s := range stages {
		words[n] = string(s)
	}
	return strings.Join(words, "、")
}

// Fingerprint is the 指纹 of a signature: the digest of what is signed, and a
// shorter hash of the digest with stage, name and day, so that a signature that is
// renamed or moved is found.
func Fingerprint(digest string, s Signed) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s %q", digest, s.Stage, s.On, s.By))
	return digest + "-" + hex.EncodeToString(sum[:8])
}

var fingerprintForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}-[0-9a-f]{16}$`)

// IsFingerprint reports whether a text is such as Fingerprint returns.
func IsFingerprint(text string) bool { return fingerprintForm.MatchString(text) }

// NeedsFingerprint reports whether a signature without 指纹 counts as none in a
// record: as soon as one was written anywhere in the campaign, but for what the
// public has been shown in the same form.
func (c *Campaign) NeedsFingerprint(r *Release) bool { return c.Fingerprinted && !c.Shown[r.Digest] }

// Complete reports whether all four signatures are there, whatever they are worth.
func (r *Release) Complete() bool { return len(r.Signoffs.With(Absent)) == 0 }

// Records lists every record of publication: the rounds' and the items'.
func (c *Campaign) Records() (list []*Release) {
	for _, r := range c.Rounds {
		if r.Release != nil {
			list = append(list, r.Release)
		}
	}
	for _, i := range c.Items {
		list = append(list, &i.Release)
	}
	return list
}

// Unsigned lists the stages of a record that do not count: nobody has signed, the
// 指纹 is of something else, or there is none where one is needed.
func (c *Campaign) Unsigned(r *Release) []Stage {
	stages := slices.Concat(r.Signoffs.With(Absent), r.Signoffs.With(Stale))
	if c.NeedsFingerprint(r) {
		stages = append(stages, r.Signoffs.With(Unbound)...)
	}
	slices.SortFunc(stages, func(a, b Stage) int { return slices.Index(Stages, a) - slices.Index(Stages, b) })
	return stages
}
