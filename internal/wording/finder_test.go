package wording

import (
	"strings"
	"testing"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// few is a list of terms of each kind.
func few() *Finder {
	return NewFinder([]campaign.ProtectedTerm{
		{Text: "习近平", Person: true, Except: []string{"近平同志"}},
		{Text: "李强", Person: true, Titles: []string{"总理"}},
		{Text: "温家宝", Person: true, Titles: []string{"总理"}},
		{Text: "邓小平", Person: true, Except: []string{"邓晓平"}},
		{Text: "四个自信"},
		{Text: "四个意识", Wrong: []string{"四个意思"}},
		{Text: "党的二十大", Wrong: []string{"党的20大"}, Except: []string{"党的十二大", "党的十大"}},
		{Text: "李克强", Person: true},
		{Text: "周恩来", Person: true},
		{Text: "五位一体", Except: []string{"五维一体"}},
		{Text: "科学发展观"},
		{Text: "中国特色社会主义"},
		{Text: "社会主义核心价值观"},
		{Text: "习近平新时代中国特色社会主义思想"},
		{Text: "不忘初心、牢记使命"},
		{Text: "“三个代表”重要思想", Wrong: []string{"三个代表重大思想"}},
		{Text: "二十大精神", Except: []string{"十大精神"}},
		{Text: "中国共产党"},
	})
}

// TestFind: what is wrong, with the words around it; a * stands behind what may
// be another word, a + behind what only a gap is wrong with.
func TestFind(t *testing.T) {
	f := few()
	for text, want := range map[string]string{
		"习进平总书记强调":           "习进平",
		"深入学习习进平总书记讲话":       "习进平",
		"落实习进平同志指示":          "习进平",
		"习平近、近习平":            "习平近 近习平",
		"习平总书记，习近强调":         "习平 习近",
		"习近近平到会":             "习近近平",
		"习**进**平":            "习**进**平",
		"習近平":                "習近平",
		"习\n进平":              "习\n进平",
		"习 近平、习·近平":          "习 近平+ 习·近平+",
		"李墙总理、总理李墙，李强强总理":    "李墙 李墙 李强强",
		"李墙同志":               "李墙*",
		"温家保总理":              "温家保",
		"邓晓平总书记":             "邓晓平",
		"增强“四个意思”、四个意式、":     "四个意思 四个意式",
		"“四个意”":              "四个意",
		"党的２０大，党的二十大大精神":     "党的２０大 党的二十大大",
		"中国特社色会主义，建设国特色社会主义": "中国特社色会主义 国特色社会主义",
		"习近平新时代中国特色社会主义想法":   "习近平新时代中国特色社会主义想",
		"习进平新时代中国特色社会主义思想":   "习进平新时代中国特色社会主义思想",
		"不忘初心、劳记使命":          "不忘初心、劳记使命",
		"“三个代表”重耍思想":         "三个代表”重耍思想",
		"“三个代表”重大思想":         "三个代表”重大思想",
		"党的二十大精伸，党的二十大精精神":   "二十大精伸 二十大精精神",
		"中国特色社会主义核心价值关":      "社会主义核心价值关",
		"以党二十大为契机，树牢四个识的要求":  "党二十大 四个识",
		"以科学展观为指导":           "科学展观",
		"页首\n\n国特色社会主义的\n\n## 坚持中国特色社会主\n\n页尾": "国特色社会主义 中国特色社会主",
		"&#20064;&#36827;平": "&#20064;&#36827;平",
		`\u4e60\u8fdb平`:     `\u4e60\u8fdb平`,
	} {
		var got []string
		for _, s := range f.Find(text) {
			if text[s.From:s.To] != s.Written {
				t.Errorf("%s: %q is not at %d", text, s.Written, s.From)
			}
			w := s.Written
			if s.Doubt {
				w += "*"
			}
			if s.Split {
				w += "+"
			}
			got = append(got, w)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestOtherWords: words that have a protected term's characters, or nearly, and
// are right. Each was, or would be, a false alarm without a look at the words
// around it.
func TestOtherWords(t *testing.T) {
	f := few()
	for _, text := range []string{
		"习近平总书记", "习\n近平", "⼴泛学习近平原的经验", "学习进平台", "学习平台上线", "深入学习进平台账", "关系近平衡", "学习习近平总书记讲话",
		"近平同志回忆", "附近平房", "李强老师", "李 强总理", "能力强同志", "县委书记李喜民", "李总理", "温佳宝同学", "邓晓平同学",
		"四个自然村", "四个意见", "十四个意思", "第四个意思", "这四个意思相近", "三四个意思", "正方体有四个面。", "他是个自信的人", "五维一体的办法", "周恩来来不及", "五里一体化", "李克俭同学", "党的十二大提出", "党的十大关系", "党的二十大大幅提升", "的二十大类", "党的二十届三中全会",
		"坚持科学发展、协调发展", "科学发展管理", "社会主义核心价值体系", "实践中中国特色社会主义", "我国特色社会主义", "中国特色社会主要矛盾", "中国特色社会\n主义",
		"页尾中国特色社会主\n— 1 —\n义思想", "不忘初心，牢记使命", "三个代表重要思想", "党的二十大，大会", "中国共产党十九大、中国共产党二十大", "四个面的墙，坚持四个面向", "两个立体展位", "党的二十大精选节目", "毛泽东想在", "中国特色现代农业",
	} {
		for _, s := range f.Find(text) {
			t.Errorf("%s: %q is taken for %q", text, s.Written, s.Term.Text)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("习&#x8fdb;平总书记\n\n\\u4e60进")
	f.Add("中国特特色社会主义\x00习 近")
	f.Add("李墙总理&;&#xffffffff;\\u12")
	finder := few()
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // no text of a campaign
		}
		last := 0
		for _, s := range finder.Find(text) {
			if s.From < last || s.To <= s.From || text[s.From:s.To] != s.Written {
				t.Fatalf("%+v after %d", s, last)
			}
			last = s.To
		}
	})
}

// BenchmarkFind is of a text that has terms, all of them right.
func BenchmarkFind(b *testing.B) {
	f := few()
	text := strings.Repeat("全市上下坚持以习近平新时代中国特色社会主义思想为指导，学习贯彻党的二十大精神，立案查处网络违法案件二百三十一件，其中移送公安机关六件。\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(f.Find(text)) > 0 {
			b.Fatal("a fault")
		}
	}
}
