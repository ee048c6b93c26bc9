package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// CalendarHead begins every calendar file of this program.
const CalendarHead = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//wangjian//due//ZH\r\n"

// ICalendar writes events as a calendar file (RFC 5545) that Outlook, phones and the
// calendars of offices open, each a whole day. An event keeps its identity when its
// day or its state changes, so that it moves when the file is opened again. Stamp is
// the day on which it is made.
func ICalendar(name string, events []Event, stamp campaign.Date) []byte {
	var b bytes.Buffer
	day := func(d campaign.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
	line := func(key, value string) { b.WriteString(fold(key+":"+value) + "\r\n") }
	b.WriteString(CalendarHead)
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", quoted(name))
	for _, e := range events {
		id := sha256.Sum256([]byte(name + "\n" + e.subject))
		line("BEGIN", "VEVENT")
		line("UID", hex.EncodeToString(id[:16])+"@wangjian")
		line("DTSTAMP", day(stamp)+"T000000Z")
		line("DTSTART;VALUE=DATE", day(e.On))
		line("DTEND;VALUE=DATE", day(e.On.AddDays(1)))
		line("SUMMARY", quoted(e.What))
		line("DESCRIPTION", quoted(name+"："+e.File))
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Bytes()
}

var quotes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`)

func quoted(text string) string { return quotes.Replace(text) }

// mostOctets is how long a line may be, without its end.
const mostOctets = 75

// fold parts a line that is too long, between two characters.
func fold(line string) string {
	var b strings.Builder
	room := mostOctets
	for _, r := range line {
		n := utf8.RuneLen(r)
		if n > room {
			b.WriteString("\r\n ")
			room = mostOctets - 1
		}
		b.WriteRune(r)
		room -= n
	}
	return b.String()
}
