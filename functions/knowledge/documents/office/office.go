// Package office reads the text of Word and PowerPoint files: archives of XML, from strangers.
package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"keliu/streams/desk"
)

// A Part is a heading, a paragraph or a table, in reading order.
type Part struct {
	Level int        // 1–6 for a heading
	Text  string     // of a heading or paragraph
	Rows  [][]string // of a table
}

// The limits of a zip archive. Archives inside it are never opened.
const (
	MaxEntries  = 5_000
	MaxUnpacked = 64 << 20 // bytes of all entries together
	maxRatio    = 200      // of an entry, when it is larger than smallEntry
	smallEntry  = 1 << 20
	MaxDepth    = 256 // of elements in each other
)

// Unpack opens an archive and refuses what is built to hurt: by what its directory says, before anything is unpacked.
func Unpack(body []byte) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, err
	}
	if len(z.File) > MaxEntries {
		return nil, refuse("upload_bomb")
	}
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
		tight := f.UncompressedSize64 > smallEntry && f.UncompressedSize64 > maxRatio*max(f.CompressedSize64, 1)
		if f.UncompressedSize64 > MaxUnpacked || total > MaxUnpacked || tight {
			return nil, refuse("upload_bomb")
		}
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if path.IsAbs(name) || slices.Contains(strings.Split(name, "/"), "..") {
			return nil, fmt.Errorf("entry %q leads out of the archive", f.Name)
		}
		if f.Flags&1 != 0 {
			return nil, refuse("upload_encrypted")
		}
	}
	return z, nil
}

// walk hands the tokens of an entry to visit.
func walk(z *zip.Reader, name string, visit func(xml.Token)) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	// The directory may lie about a size; the archive's reader stops there, and this one stops anyway.
	d := xml.NewDecoder(io.LimitReader(f, MaxUnpacked))
	d.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("%s in %s", charset, name)
	}
	for depth := 0; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > MaxDepth {
				return refuse("upload_bomb")
			}
		case xml.EndElement:
			depth--
		case xml.Directive: // a document type, where entities are declared, has no place in an office file
			return refuse("upload_bomb")
		}
		visit(token)
	}
}

func refuse(code string) error { return desk.Refuse(desk.ErrInvalid, code) }
