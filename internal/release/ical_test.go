package release

import (
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

// TestICalendar: a calendar program finds each event whole, on its day, and the same
// one when its day has moved.
func TestICalendar(t *testing.T) {
	day := func(s string) campaign.Date {
		d, err := campaign.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	long := "消费警示“谨防校门口的零食；看清标签，别买三无产品，" + strings.Repeat("不要着急", 30) + "”到发布日期"
	write := func(on string) string {
		return string(ICalendar("清河食安", []Event{
			{On: day(on), What: long, File: "content/warnings/a.md", subject: "a"},
			{On: day("2026-12-31"), What: "第三次, 截止; 报送\\", File: "data/campaign.yaml", subject: "b"},
		}, day("2026-05-20")))
	}
	text := write("2026-05-31")
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !isWhole(line) {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	plain := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "X-WR-CALNAME:清河食安\r\n",
		"DTSTART;VALUE=DATE:20260531\r\nDTEND;VALUE=DATE:20260601\r\nSUMMARY:" + long + "\r\n",
		"DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:第三次\\, 截止\\; 报送\\\\\r\n", "END:VCALENDAR\r\n",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("no %q in\n%s", want, plain)
		}
	}
	ids := regexp.MustCompile(`UID:\S+`)
	was, is := ids.FindAllString(text, -1), ids.FindAllString(write("2026-06-15"), -1)
	if len(was) != 2 || was[0] == was[1] || was[0] != is[0] || was[1] != is[1] {
		t.Errorf("identities %v and %v", was, is)
	}
}

func isWhole(line string) bool { return strings.ToValidUTF8(line, "") == line }

// TestCalendarMoves: an event is the same one on another day and in another state.
func TestCalendarMoves(t *testing.T) {
	date := campaign.Date{Year: 2026, Month: 5, Day: 1}
	at := func(days int) string {
		c := &campaign.Campaign{Rounds: []*campaign.Round{{Named: campaign.Named{Name: "第三次"}, Deadline: date.AddDays(days)}, {Named: campaign.Named{Name: "第四次"}, Deadline: date.AddDays(days)}}}
		return regexp.MustCompile(`UID:\S+`).FindString(string(ICalendar("x", Calendar(c, date, 30), date)))
	}
	if at(3) == "" || at(3) != at(20) {
		t.Errorf("%q, then %q", at(3), at(20))
	}
}
