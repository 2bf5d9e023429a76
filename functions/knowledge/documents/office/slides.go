package office

import (
	"cmp"
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
)

var slideName = regexp.MustCompile(`^ppt/slides/slide\d+\.xml$`)

// Slides reads a PowerPoint file: a slide's title is a heading, what stands on it are paragraphs and tables.
func Slides(body []byte) (parts []Part, err error) {
	z, err := Unpack(body)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range z.File {
		if slideName.MatchString(f.Name) {
			names = append(names, f.Name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { // slide10 after slide9
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	for _, name := range names {
		var s slide
		if err := walk(z, name, s.visit); err != nil {
			return nil, err
		}
		parts = append(append(parts, s.title...), s.parts...)
	}
	return parts, nil
}

// A slide is what has been read of a slide so far.
type slide struct {
	title, parts []Part
	said         strings.Builder
	inText       bool
	heads        bool // the shape that is open holds the title
	table        bool
	rows         [][]string
	cells        []string
	cell         strings.Builder
}

func (s *slide) visit(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "t":
			s.inText = true
		case "br":
			s.said.WriteByte('\n')
		case "sp":
			s.heads = false
		case "ph":
			kind := attribute(t, "type")
			s.heads = kind == "title" || kind == "ctrTitle"
		case "tbl":
			s.table = true
		}
	case xml.CharData:
		if s.inText {
			s.said.Write(t)
		}
	case xml.EndElement:
		s.end(t.Name.Local)
	}
}

func (s *slide) end(name string) {
	switch name {
	case "t":
		s.inText = false
	case "p":
		switch text := s.said.String(); {
		case s.table:
			s.cell.WriteString(text + "\n")
		case s.heads:
			s.title = append(s.title, Part{Level: 2, Text: text})
		default:
			s.parts = append(s.parts, Part{Text: text})
		}
		s.said.Reset()
	case "tc":
		s.cells = append(s.cells, s.cell.String())
		s.cell.Reset()
	case "tr":
		s.rows = append(s.rows, s.cells)
		s.cells = nil
	case "tbl":
		s.parts = append(s.parts, Part{Rows: s.rows})
		s.rows, s.table = nil, false
	}
}
