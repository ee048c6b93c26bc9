package finish

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// producer is what wrote the file's bytes.
const producer = "gopdf 0.33.0"

// infoDictionary writes the old form of the metadata.
func infoDictionary(d Document) string {
	var b strings.Builder
	b.WriteString("<<")
	for _, field := range []struct{ name, value string }{
		{"Title", d.Title}, {"Author", d.Author}, {"Subject", d.Subject},
		{"Keywords", d.Keyword}, {"Creator", d.Creator}, {"Producer", producer},
	} {
		if field.value != "" {
			fmt.Fprintf(&b, " /%s %s", field.name, textString(field.value))
		}
	}
	for _, field := range d.times() {
		fmt.Fprintf(&b, " /%s (D:%s+08'00')", field.info, field.at.Format("20060102150405"))
	}
	b.WriteString(" >>\n")
	return b.String()
}

// extension describes the schema of PDF/UA's mark (ISO 14289-1, 5), since PDF/A-1 takes
// properties of other standards only with their description. Validators want it by itself.
const extension = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
	`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">` +
	`<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>` +
	`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>` +
	`<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
	`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">` +
	`<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>` +
	`<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>` +
	"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"

// xmp writes the new form. It claims level B of PDF/A-1, which is what a
// validator has confirmed; the structure that level A asks for is there too where
// the file is tagged, which makes it PDF/UA-1.
func xmp(d Document, tagged bool) []byte {
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` + "\n")
	b.WriteString("<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n")
	if tagged {
		b.WriteString("<pdfuaid:part>1</pdfuaid:part>\n")
	}
	b.WriteString("<dc:format>application/pdf</dc:format>\n")
	for _, field := range []struct{ format, value string }{
		{`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>`, d.Title},
		{`<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>`, d.Author},
		{`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:description>`, d.Subject},
		{`<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>`, d.Language},
		{`<dc:subject><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:subject>`, d.Keyword},
		{`<pdf:Keywords>%s</pdf:Keywords>`, d.Keyword},
		{`<xmp:CreatorTool>%s</xmp:CreatorTool>`, d.Creator},
	} {
		if field.value != "" {
			fmt.Fprintf(&b, field.format+"\n", escape(field.value))
		}
	}
	for _, field := range d.times() {
		fmt.Fprintf(&b, "<xmp:%s>%s</xmp:%s>\n", field.xmp, field.at.Format(time.RFC3339), field.xmp)
	}
	fmt.Fprintf(&b, "<pdf:Producer>%s</pdf:Producer>\n", producer)
	b.WriteString("</rdf:Description>\n")
	if tagged {
		b.WriteString(extension)
	}
	b.WriteString("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return b.Bytes()
}

// field is a time under the names that the two forms have for it.
type field struct {
	info, xmp string
	at        time.Time
}

// times are the times that are known, in China's: the two forms have to agree.
func (d Document) times() (known []field) {
	china := time.FixedZone("CST", 8*3600)
	for _, f := range []field{{"CreationDate", "CreateDate", d.Published}, {"ModDate", "ModifyDate", d.Changed}} {
		if !f.at.IsZero() {
			f.at = f.at.In(china)
			known = append(known, f)
		}
	}
	return known
}

func escape(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a bytes.Buffer does not fail
	return b.String()
}
