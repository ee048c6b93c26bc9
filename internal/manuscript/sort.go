package manuscript

import (
	"maps"
	"slices"
)

// sortedKeys gives a map's keys in order, so that the same file gives the same
// result every time.
func sortedKeys[T any](m map[string]T) []string {
	return slices.Sorted(maps.Keys(m))
}

// refuseRevisions says which tracked changes stand in the way.
func refuseRevisions(name string, list []revision) *Problem {
	var examples string
	for _, v := range list {
		if words := shorten(v.text, 16); words != "" {
			examples = "，如" + v.what + "“" + words + "”"
			break
		}
	}
	return refusal("manuscript-revisions", acceptChanges, "%s 里有 %d 处修订没有定稿%s", name, len(list), examples)
}
