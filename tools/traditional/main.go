// Command traditional writes the table of traditional characters that the search
// folds, from OpenCC's conversion of single characters: the traditional one and the
// simplified one, pair after pair, in the order of their code points. It is a module
// of its own, since OpenCC's Go package links one under the GPL, which the program
// must not.
//
//	go -C tools/traditional run . ../../internal/search/traditional.txt
package main

import (
	"log"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: traditional FILE")
	}
	pairs, err := pairs()
	if err == nil {
		err = os.WriteFile(os.Args[1], []byte(pairs), 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// pairs lists the characters of the basic plane whose simplified form is another one
// of it.
func pairs() (string, error) {
	const firstHan, lastHan = 0x3400, 0x9fff
	converter, err := opencc.New("t2s")
	if err != nil {
		return "", err
	}
	var list strings.Builder
	for r := rune(firstHan); r <= lastHan; r++ {
		is := string(r)
		to, err := converter.Convert(is)
		if err != nil {
			return "", err
		}
		if to != is && utf8.RuneCountInString(to) == 1 && len(to) == len(is) {
			list.WriteString(is + to)
		}
	}
	return list.String() + "\n", nil
}
