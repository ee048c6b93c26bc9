package campaign

import (
	"fmt"
	"time"
)

// Date is a calendar day in China's civil calendar. The zero Date means “not
// given” and sorts before every other.
type Date struct{ Year, Month, Day int }

// ParseDate reads a day as people write it: 2022-11-02, 2022年11月2日,
// 2022.11.2, 2022/11/2. It refuses what can be read in two ways, days that do
// not exist, and a time of day.
func ParseDate(s string) (Date, error) {
	m, timed, err := readMoment(s)
	if err == nil && timed && m.Hour+m.Minute > 0 {
		return Date{}, means("“"+s+"”里有几点几分，这里只写日期", "写成 ", m.Date.String())
	}
	return m.Date, err
}

// DateOf returns the day of t in t's own time zone.
func DateOf(t time.Time) Date {
	return Date{t.Year(), int(t.Month()), t.Day()}
}

func (d Date) noon() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 12, 0, 0, 0, time.UTC)
}

// Midnight is the day's start in UTC, as office files date themselves; the zero
// Time for the zero Date.
func (d Date) Midnight() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether the date was not given.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or 1.
func (d Date) Compare(e Date) int {
	return d.noon().Compare(e.noon())
}

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d comes after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.noon().AddDate(0, 0, n)) }

// AddMonths returns the same day n months later, or that month's last day where
// it has no such day (civil terms end then: 民法典第二百零二条).
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, time.Month(d.Month+n), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), int(first.Month()), min(d.Day, last)}
}

// DaysUntil counts the days from d to e.
func (d Date) DaysUntil(e Date) int { return int(e.noon().Sub(d.noon()).Hours() / 24) }

// String returns YYYY-MM-DD, or nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Chinese returns 2022年9月21日: unpadded Arabic digits (GB/T 9704-2012, 7.3.5.4).
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// Instant is the time that something is judged by: a day, which counts as its
// last minute, or a minute.
type Instant interface{ Last() Moment }

// Last returns the last minute of the day.
func (d Date) Last() Moment { return Moment{d, 23, 59} }

// Moment is a publication time: a day, and a time of that day when one was
// given.
type Moment struct {
	Date
	Hour, Minute int
}

// Last returns the minute itself.
func (m Moment) Last() Moment { return m }

// MomentOf returns the minute of t in t's own time zone.
func MomentOf(t time.Time) Moment { return Moment{DateOf(t), t.Hour(), t.Minute()} }

// Span is a stretch of time, from its first minute to before Until.
type Span struct{ From, Until Moment }

// Covers reports whether a minute is in the span.
func (s Span) Covers(m Moment) bool { return m.Compare(s.From) >= 0 && m.Compare(s.Until) < 0 }

// ParseInstant reads what ParseMoment reads; a day without a time counts as its
// last minute.
func ParseInstant(s string) (Moment, error) {
	m, timed, err := readMoment(s)
	if err == nil && !timed {
		return m.Date.Last(), nil
	}
	return m, err
}

// ParseMoment reads a day as [ParseDate] does, and the time of that day where
// one is written (24 hours).
func ParseMoment(s string) (Moment, error) {
	m, _, err := readMoment(s)
	return m, err
}

// String returns YYYY-MM-DD HH:MM, the form that 国办发〔2017〕47号 asks of PubDate.
func (m Moment) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %02d:%02d", m.Date, m.Hour, m.Minute)
}

// Brief is String without a time of day that was not given.
func (m Moment) Brief() string {
	if m.Hour == 0 && m.Minute == 0 {
		return m.Date.String()
	}
	return m.String()
}

// Time is the moment in time; the zero Time for the zero Moment.
func (m Moment) Time() time.Time {
	if m.IsZero() {
		return time.Time{}
	}
	return time.Date(m.Year, time.Month(m.Month), m.Day, m.Hour, m.Minute, 0, 0, time.FixedZone("CST", 8*3600))
}

// RFC3339 is the moment with China's offset, for feeds and sitemaps.
func (m Moment) RFC3339() string {
	return fmt.Sprintf("%sT%02d:%02d:00+08:00", m.Date, m.Hour, m.Minute)
}

// Compare orders moments.
func (m Moment) Compare(n Moment) int {
	if c := m.Date.Compare(n.Date); c != 0 {
		return c
	}
	return (m.Hour*60 + m.Minute) - (n.Hour*60 + n.Minute)
}
