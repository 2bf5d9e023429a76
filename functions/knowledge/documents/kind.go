package documents

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// written maps the extensions this package reads to their kind.
var written = map[string]string{
	"md": "md", "markdown": "md", "txt": "txt", "text": "txt", "html": "html", "htm": "html", "csv": "csv",
	"docx": "docx", "pptx": "pptx", "xlsx": "xlsx", "pdf": "pdf",
}

// binary maps media types to the kinds that are no plain text.
var binary = map[string]string{
	"application/pdf": "pdf",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "docx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "xlsx",
}

// recognise returns the kind of a file by its content; the name only tells the kinds of text apart.
func recognise(name string, body []byte) (string, error) {
	found := mimetype.Detect(body)
	says, known := written[extension(name)]
	if isContainer(body) {
		return "", refuse("upload_encrypted", name)
	}
	kind := binary[strings.SplitN(found.String(), ";", 2)[0]]
	text := kind == "" && isText(body)
	switch {
	case kind != "" && (!known || says == kind):
		return kind, nil
	case text && known && binaryKind(says), kind != "" && known, kind == "" && !text && known:
		return "", refuse("upload_not_what_it_says", name, found.String())
	case text && known:
		return says, nil
	case text && found.Is("text/html"):
		return "html", nil
	case text && (found.Is("text/plain") || found.Is("text/csv")) && extension(name) == "":
		return "txt", nil
	}
	return "", refuse("upload_type_unknown", name, found.String())
}

func binaryKind(kind string) bool {
	for _, k := range binary {
		if k == kind {
			return true
		}
	}
	return false
}

// isContainer reports whether body is an OLE container that holds an encrypted package, as Office locks its files.
func isContainer(body []byte) bool {
	ole := []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	return bytes.HasPrefix(body, ole) && bytes.Contains(body, utf16("EncryptedPackage"))
}

func utf16(ascii string) []byte {
	out := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		out = append(out, ascii[i], 0)
	}
	return out
}

// isText reports whether body reads as text in an encoding that decode knows.
func isText(body []byte) bool {
	text := decode(body)
	if strings.ContainsRune(text, 0) {
		return false
	}
	odd, total := 0, 0
	for _, r := range text {
		total++
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
			odd++
		}
	}
	return odd*50 <= total
}

// decode reads text in UTF-8, in UTF-16 with a mark, or in GB18030, as Excel in China writes CSV.
func decode(body []byte) string {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		return strings.ToValidUTF8(string(body[3:]), "\uFFFD")
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}), bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		wide := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		if text, err := wide.NewDecoder().Bytes(body); err == nil {
			return string(text)
		}
	case utf8.Valid(body):
		return string(body)
	}
	if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(body); err == nil {
		return string(text)
	}
	return strings.ToValidUTF8(string(body), "\uFFFD")
}
