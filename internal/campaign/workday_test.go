package campaign

import "testing"

func TestWorkdays(t *testing.T) {
	for _, x := range []struct {
		from  string
		after int
		want  string
	}{
		{"2022-09-30", 1, "2022-10-08"},  // 国庆节, then a Saturday on which one works
		{"2022-09-30", 3, "2022-10-10"},  // and a Sunday
		{"2022-11-01", 20, "2022-11-29"}, // no holiday between
		{"2023-01-20", 1, "2023-01-28"},  // 春节
		{"2035-03-02", 5, "2035-03-09"},  // a year whose holidays are not known
	} {
		from, _ := ParseDate(x.from)
		if got := from.AddWorkdays(x.after).String(); got != x.want {
			t.Errorf("%d working days after %s: %s, want %s", x.after, x.from, got, x.want)
		}
	}
}

// TestHolidays: a day of a weekend on which one works is one, and no holiday.
func TestHolidays(t *testing.T) {
	for year, days := range holidays {
		d, err := ParseDate("2000-01-01")
		if err != nil {
			t.Fatal(err)
		}
		d.Year = year
		off := 0
		for ; d.Year == year; d = d.AddDays(1) {
			if !d.IsWorkday() {
				off++
			}
		}
		// 115 or so: weekends, and seven to nine festivals less the days made up for.
		if off < 112 || off > 120 {
			t.Errorf("%d has %d days off: %s", year, off, days)
		}
	}
}
