package campaign

import (
	"strings"
	"time"
)

// holidays are the notices of 国务院办公厅 on a year's holidays: the stretches on
// which nobody works, and behind + the days of weekends on which one does. Of other
// years every day from Monday to Friday is a working day.
var holidays = map[int]string{
	2020: "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08 +01-19 +04-26 +05-09 +06-28 +09-27 +10-10",
	2021: "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07 +02-07 +02-20 +04-25 +05-08 +09-18 +09-26 +10-09",
	2022: "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31 +01-29 +01-30 +04-02 +04-24 +05-07 +10-08 +10-09",
	2023: "01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06 12-30/12-31 +01-28 +01-29 +04-23 +05-06 +06-25 +10-07 +10-08",
	2024: "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-08/06-10 09-15/09-17 10-01/10-07 +02-04 +02-18 +04-07 +04-28 +05-11 +09-14 +09-29 +10-12",
	2025: "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08 +01-26 +02-08 +04-27 +09-28 +10-11",
	2026: "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07 +01-04 +02-14 +02-28 +05-09 +09-20 +10-10",
}

// IsWorkday reports whether offices work on a day.
func (d Date) IsWorkday() bool {
	weekday := d.noon().Weekday()
	works := weekday != time.Saturday && weekday != time.Sunday
	day := d.String()[len("2006-"):]
	for _, stretch := range strings.Fields(holidays[d.Year]) {
		if more, ok := strings.CutPrefix(stretch, "+"); ok {
			works = works || more == day
			continue
		}
		from, to, several := strings.Cut(stretch, "/")
		if !several {
			to = from
		}
		if from <= day && day <= to {
			return false
		}
	}
	return works
}

// AddWorkdays returns the n-th working day after d.
func (d Date) AddWorkdays(n int) Date {
	for n > 0 {
		d = d.AddDays(1)
		if d.IsWorkday() {
			n--
		}
	}
	return d
}
