package project

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"wangjian/internal/campaign"
	"wangjian/internal/handover"
	"wangjian/internal/intake"
	"wangjian/internal/linebreak"
	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/review"
	"wangjian/internal/sheet"
	"wangjian/internal/stats"
)

// The folders of a submission, as the notice lists what is handed in.
const (
	summaryFolder  = "一、工作总结"
	caseFolder     = "二、违法典型案例（附处罚决定书）"
	formFolder     = "三、专项行动情况统计表"
	pictureFolder  = "四、联合执法图片视频资料（含说明）"
	dataFolder     = "数据"
	submissionBook = "总结报告（合订本）.pdf"
)

// SubmissionFolders are the folders that a submission has, as far as there is something
// for them.
var SubmissionFolders = []string{summaryFolder, caseFolder, formFolder, pictureFolder}

// Submission is what goes to the superior office.
type Submission struct {
	Parts []release.Part
	Notes []string // Chinese: what the notice asks for and is not there
}

// Submission lists what goes to the superior office, in the notice's order; copyFor
// is the office of the same level whose copy it is, "" for the submission itself.
// Nothing is rendered yet.
func (l *Loaded) Submission(copyFor string) (Submission, error) {
	v, book := l.Whole, l.Book
	s := &submitting{view: v, stats: book, papers: papers(v, book, l.Layouts), copied: map[string]string{}}
	data := handover.Of(v, book, l.At, handover.DeliveryOf(l.Campaign, copyFor))
	s.add("报送单.txt", "这一份给谁、什么时候编成", func(w io.Writer) error {
		_, err := io.WriteString(w, data.Slip())
		return err
	})
	s.paper(submissionBook, "全部材料合订，含报送部分和报送情况", pdf.Report(v, book))
	s.summaries()
	s.cases()
	if err := s.forms(); err != nil {
		return Submission{}, err
	}
	s.pictures()
	data.Texts = append(data.Texts, s.texts(l.Files)...)
	s.add(handover.File, "全部期次的数，供别的网剑和别的程序读取", data.Write)
	s.add(dataFolder+"/行动数据.schema.json", "行动数据.json 的格式说明（JSON Schema）", func(w io.Writer) error {
		_, err := w.Write(handover.Schema)
		return err
	})
	return s.Submission, nil
}

// Copy is a file that a submission is written to, and the office of the same level
// whose copy it is, "" for the submission itself.
type Copy struct{ Target, For string }

// Copies lists the files that a submission is written to: the one that is asked for,
// and one beside it for each office of 抄送.
func (l *Loaded) Copies(target string) []Copy {
	list := []Copy{{target, ""}}
	stem := strings.TrimSuffix(target, filepath.Ext(target))
	for _, office := range l.Campaign.Submission.Copies {
		list = append(list, Copy{stem + "（抄送" + fileName(office) + "）" + filepath.Ext(target), office})
	}
	return list
}

// CheckDocument looks at a document that goes out, as the gate does at what comes
// in: what is to be looked at, or why it must not go out.
func (l *Loaded) CheckDocument(name string, data []byte) (doubts []string, err error) {
	file, err := intake.Read(name, data)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	faults, doubts := review.Foreign(l.Campaign, file)
	if len(faults) > 0 {
		return nil, fmt.Errorf("%s 里不能有这些，在 Word 或 WPS 里删去再来：%s", name, strings.Join(faults, "；"))
	}
	return doubts, nil
}

// submitting is a submission that is being listed.
type submitting struct {
	Submission
	view   *release.View
	stats  *stats.Table
	papers pdf.Options
	copied map[string]string // a file of the campaign to its path in the submission
}

func (s *submitting) add(path, what string, write func(io.Writer) error) {
	s.Parts = append(s.Parts, release.Part{File: s.view.File(path, write), What: what})
}

func (s *submitting) note(format string, args ...any) {
	s.Notes = append(s.Notes, fmt.Sprintf(format, args...))
}

func (s *submitting) paper(path, what string, p *pdf.Paper) {
	s.add(path, what, func(w io.Writer) error { return s.papers.Write(w, s.view, s.stats, p) })
}

// both adds a paper to read and the same to edit.
func (s *submitting) both(path, what string, p *pdf.Paper) {
	s.paper(path+".pdf", what, p)
	s.add(path+".docx", what+"（可编辑）", func(w io.Writer) error { return s.papers.Word(w, s.view, s.stats, p) })
}

func (s *submitting) summaries() {
	s.both(summaryFolder+"/工作总结", "全行动和各部门的工作总结", pdf.Report(s.view, s.stats))
	latest := s.view.LatestRound()
	if latest != nil && s.view.Campaign().SummaryOf(latest) == nil {
		s.missing(campaign.SummaryFile(latest), "", latest.Name+campaign.Summaries.Chinese())
	}
	for n, d := range s.view.Campaign().Departments {
		if latest != nil && s.view.Campaign().Narrative(latest, d, nil) == nil {
			s.missing(campaign.NarrativeFile(latest, d), d.Short, latest.Name+campaign.Narratives.Chinese())
		}
		if s.stats.Tells(d) {
			s.both(fmt.Sprintf("%s/分部门/%02d%s工作总结", summaryFolder, n+1, fileName(d.Short)), d.Name+"的工作总结", pdf.Summary(s.view, d))
		}
	}
}

// missing notes that who owes a text has not handed it in, or that it cannot be read.
func (s *submitting) missing(file, who, what string) {
	if at, broken := s.view.Campaign().Unread(file); broken {
		s.note("%s%s%s：%s", who, what, stats.Unread, at)
	} else {
		s.note("%s没有%s", who, what)
	}
}

func (s *submitting) cases() {
	items := pdf.CasesInOrder(s.view)
	for _, r := range slices.Backward(s.view.Campaign().Rounds) {
		if r.MinimumCases == 0 {
			continue
		}
		if len(items) < r.MinimumCases {
			s.note("典型案例只有 %d 件，%s要求不少于 %d 件", len(items), r.Name, r.MinimumCases)
		}
		break
	}
	if len(items) == 0 {
		return
	}
	s.both(caseFolder+"/典型案例", "全部典型案例", pdf.Cases(s.view, s.stats))
	for n, i := range items {
		if i.Case.Decision == "" {
			s.note("%s：“%s”没有附处罚决定书", i.File, i.Title)
			continue
		}
		name := fmt.Sprintf("%s/处罚决定书/%02d%s", caseFolder, n+1, fileName(first(i.Case.DecisionNumber, i.Title)))
		s.copy(name, "处罚决定书："+i.Title, i.Case.Decision)
	}
}

func (s *submitting) forms() error {
	if len(s.view.Campaign().Reports) == 0 {
		s.note("没有任何一期的统计表")
		return nil
	}
	s.paper(formFolder+"/统计表.pdf", "各期统计表", pdf.Form(s.view, s.stats))
	files, err := sheet.Files(s.view, s.stats)
	if err != nil {
		return fmt.Errorf("数据文件：%w", err)
	}
	for _, f := range files {
		if f.Path == sheet.XLSXPath {
			s.add(formFolder+"/统计表.xlsx", "各期统计表、各部门各地区数据", f.Write)
		}
	}
	return nil
}

func (s *submitting) pictures() {
	var pictures, videos int
	for _, i := range s.view.ItemsOf(campaign.Galleries) {
		for _, p := range i.Gallery.Pictures {
			pictures++
			s.copy(pictureName("图片", pictures, p), captioned(p), p.File)
		}
		for _, v := range i.Gallery.Videos {
			videos++
			s.copy(pictureName("视频", videos, v.Picture), captioned(v.Picture), v.File)
			if v.Transcript != "" {
				s.copy(pictureName("视频", videos, v.Picture), "文字稿："+v.Caption, v.Transcript)
			}
		}
	}
	if pictures+videos == 0 {
		s.note("没有联合执法的图片和视频")
		return
	}
	s.both(pictureFolder+"/图片视频说明", "图片、视频的说明", pdf.Album(s.view, s.stats))
}

// captioned is a picture's caption with its day.
func captioned(p campaign.Picture) string {
	if p.TakenOn.IsZero() {
		return p.Caption
	}
	return p.Caption + "（" + p.TakenOn.Chinese() + "）"
}

func pictureName(kind string, n int, p campaign.Picture) string {
	return fmt.Sprintf("%s/%s/%02d%s", pictureFolder, kind, n, fileName(p.Caption))
}

// copy adds a file as it may be published; the name gets its ending.
func (s *submitting) copy(name, what, file string) {
	name += s.view.Ending(file)
	s.copied[file] = name
	s.add(name, what, func(w io.Writer) error {
		f, err := s.view.Handout(file)
		if err != nil {
			return fmt.Errorf("读取 %s：%w", file, err)
		}
		defer f.Close()
		if _, err := io.Copy(w, f); err != nil {
			return fmt.Errorf("读取 %s：%w", file, err)
		}
		return nil
	})
}

// mostOfName is how many characters of a title get into a file's name: with the
// number, the ending and four bytes a character it stays within what disks and
// other programs take (255 bytes, 80 characters).
const mostOfName = 40

var namesakes = strings.NewReplacer(`\`, "＼", "/", "／", ":", "：", "*", "＊", "?", "？", `"`, "”", "<", "＜", ">", "＞", "|", "｜")

// fileName makes a text a part of a file's name on any disk, without characters
// that cannot be seen.
func fileName(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, text)
	return strings.TrimRight(linebreak.Short(namesakes.Replace(text), mostOfName), ". ")
}

func first(texts ...string) string {
	i := slices.IndexFunc(texts, func(t string) bool { return t != "" })
	if i < 0 {
		return ""
	}
	return texts[i]
}
