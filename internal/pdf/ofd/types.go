package ofd

// The elements of GB/T 33190-2016 that are written here, under its names. Where an
// element's order counts, fields stand in it.

// space is the format's namespace, as the root of every part declares it.
type space struct {
	Name string `xml:"xmlns:ofd,attr"`
}

var namespace = space{"http://www.ofdspec.org/2016"}

// entry is the part that everything is found from (7.4).
type entry struct {
	XMLName struct{} `xml:"ofd:OFD"`
	space
	Version string `xml:"Version,attr"`
	Type    string `xml:"DocType,attr"`
	About   about  `xml:"ofd:DocBody>ofd:DocInfo"`
	Root    string `xml:"ofd:DocBody>ofd:DocRoot"`
}

// about is what the file says about itself.
type about struct {
	ID       string   `xml:"ofd:DocID"`
	Title    string   `xml:"ofd:Title,omitempty"`
	Author   string   `xml:"ofd:Author,omitempty"`
	Subject  string   `xml:"ofd:Subject,omitempty"`
	Created  string   `xml:"ofd:CreationDate,omitempty"`
	Changed  string   `xml:"ofd:ModDate,omitempty"`
	Keywords []string `xml:"ofd:Keywords>ofd:Keyword,omitempty"`
	Creator  string   `xml:"ofd:Creator,omitempty"`
}

// root is the document (7.5).
type root struct {
	XMLName struct{} `xml:"ofd:Document"`
	space
	LastID      int       `xml:"ofd:CommonData>ofd:MaxUnitID"`
	Sheet       box       `xml:"ofd:CommonData>ofd:PageArea>ofd:PhysicalBox"`
	Public      string    `xml:"ofd:CommonData>ofd:PublicRes"`
	Resources   string    `xml:"ofd:CommonData>ofd:DocumentRes"`
	Pages       []pageRef `xml:"ofd:Pages>ofd:Page"`
	Outline     *outline  `xml:"ofd:Outlines"`
	Annotations string    `xml:"ofd:Annotations,omitempty"`
}

type pageRef struct {
	ID   int    `xml:"ID,attr"`
	File string `xml:"BaseLoc,attr"`
}

// outline is the tree of bookmarks (7.8).
type outline struct {
	Kids []*bookmark `xml:"ofd:OutlineElem"`
}

type bookmark struct {
	Title  string      `xml:"Title,attr"`
	Count  int         `xml:"Count,attr,omitempty"`
	Open   string      `xml:"Expanded,attr,omitempty"`
	Action *action     `xml:"ofd:Actions>ofd:Action"`
	Kids   []*bookmark `xml:"ofd:OutlineElem"`
}

// action is what a click does (14): one of its fields is set.
type action struct {
	Event string       `xml:"Event,attr"`
	Jump  *destination `xml:"ofd:Goto>ofd:Dest"`
	Open  *address     `xml:"ofd:URI"`
}

type destination struct {
	Type string `xml:"Type,attr"`
	Page int    `xml:"PageID,attr"`
	Left length `xml:"Left,attr"`
	Top  length `xml:"Top,attr"`
	Zoom int    `xml:"Zoom,attr"` // 0: as the reader has it
}

type address struct {
	URI string `xml:"URI,attr"`
}

// resources is a part that lists files of the folder Res (7.9).
type resources struct {
	XMLName struct{} `xml:"ofd:Res"`
	space
	Base  string    `xml:"BaseLoc,attr"`
	Fonts *fontList `xml:"ofd:Fonts"`
	Media *media    `xml:"ofd:MultiMedias"`
}

type fontList struct {
	List []fontRef `xml:"ofd:Font"`
}

type fontRef struct {
	ID   int    `xml:"ID,attr"`
	Name string `xml:"FontName,attr"`
	File string `xml:"ofd:FontFile"`
}

type media struct {
	List []mediaRef `xml:"ofd:MultiMedia"`
}

type mediaRef struct {
	ID     int    `xml:"ID,attr"`
	Type   string `xml:"Type,attr"`
	Format string `xml:"Format,attr"`
	File   string `xml:"ofd:MediaFile"`
}

// page is a page's part (7.7).
type page struct {
	XMLName struct{} `xml:"ofd:Page"`
	space
	Sheet box   `xml:"ofd:Area>ofd:PhysicalBox"`
	Layer layer `xml:"ofd:Content>ofd:Layer"`
}

type layer struct {
	ID      int    `xml:"ID,attr"`
	Type    string `xml:"Type,attr"`
	Objects []any  // textObject, pathObject or imageObject
}

// object is what all objects have: their number, and the rectangle outside of which
// nothing of them shows (8.5).
type object struct {
	ID       int    `xml:"ID,attr"`
	Boundary box    `xml:"Boundary,attr"`
	Matrix   string `xml:"CTM,attr,omitempty"`
}

// textObject is characters of one font (11.2).
type textObject struct {
	XMLName struct{} `xml:"ofd:TextObject"`
	object
	Font int    `xml:"Font,attr"`
	Size length `xml:"Size,attr"`
	Fill *ink   `xml:"ofd:FillColor"`
	Code code   `xml:"ofd:TextCode"`
}

// code is the characters, from a point within the boundary (11.3).
type code struct {
	X     length `xml:"X,attr"`
	Y     length `xml:"Y,attr"`
	Steps steps  `xml:"DeltaX,attr,omitempty"`
	Text  string `xml:",chardata"`
}

// pathObject is a line or an area (9.1).
type pathObject struct {
	XMLName struct{} `xml:"ofd:PathObject"`
	object
	Width       *length `xml:"LineWidth,attr,omitempty"`
	Stroked     *bool   `xml:"Stroke,attr"` // true where it is not said
	Filled      *bool   `xml:"Fill,attr"`   // false where it is not said
	Actions     *action `xml:"ofd:Actions>ofd:Action"`
	FillColor   *ink    `xml:"ofd:FillColor"`
	StrokeColor *ink    `xml:"ofd:StrokeColor"`
	Data        string  `xml:"ofd:AbbreviatedData"`
}

// imageObject is a picture (10).
type imageObject struct {
	XMLName struct{} `xml:"ofd:ImageObject"`
	object
	Resource int `xml:"ResourceID,attr"`
}

type ink struct {
	Value string `xml:"Value,attr"`
	Alpha *int   `xml:"Alpha,attr"` // 255 where it is not said
}

// annotations lists the parts with the pages' links (15.1).
type annotations struct {
	XMLName struct{} `xml:"ofd:Annotations"`
	space
	Pages []annotated `xml:"ofd:Page"`
}

type annotated struct {
	Page int    `xml:"PageID,attr"`
	File string `xml:"ofd:FileLoc"`
}

// pageLinks is the links of a page (15.2).
type pageLinks struct {
	XMLName struct{} `xml:"ofd:PageAnnot"`
	space
	List []annotation `xml:"ofd:Annot"`
}

type annotation struct {
	ID      int        `xml:"ID,attr"`
	Type    string     `xml:"Type,attr"`
	Creator string     `xml:"Creator,attr"`
	Changed string     `xml:"LastModDate,attr,omitempty"`
	Remark  string     `xml:"ofd:Remark,omitempty"`
	Looks   appearance `xml:"ofd:Appearance"`
}

type appearance struct {
	Boundary box        `xml:"Boundary,attr"`
	Path     pathObject `xml:"ofd:PathObject"`
}
