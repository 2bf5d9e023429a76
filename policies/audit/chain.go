package audit

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// A line of the trail is the entry with the hash of the line before it, and then, always in the same form, its own hash
// and its seal:
//
//	{"seq":2,…,"prev":"<64 hex>","hash":"<64 hex>","seal":"<64 hex>"}
//
// The hash is the SHA-256 of everything before it on the line. The seal is the HMAC-SHA256 of the hash under the key. The
// bytes themselves are hashed, not what they mean, so that no two ways to write an entry are the same.
const (
	hashMark = `,"hash":"`
	sealMark = `","seal":"`
	lineEnd  = "\"}\n"
	hexSize  = 2 * sha256.Size
	tailSize = len(hashMark) + hexSize + len(sealMark) + hexSize + len(lineEnd)
)

// begin is the hash before the first entry.
var begin = strings.Repeat("0", hexSize)

// A link is an entry as it stands on the trail.
type link struct {
	Entry
	Prev string `json:"prev"`
	hash string // its own; set by encode and decode
}

// encode is the line of an entry; it sets the entry's hash.
func encode(key []byte, l *link) ([]byte, error) {
	body, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("encode entry: %w", err)
	}
	body = body[:len(body)-1] // the closing brace
	l.hash = digest(body)
	return fmt.Appendf(body, "%s%s%s%s%s", hashMark, l.hash, sealMark, seal(key, l.hash), lineEnd), nil
}

// decode reads a line and checks its hash and its seal. It says what is wrong in a few words.
func decode(key, line []byte) (l link, wrong string) {
	if len(line) < tailSize || !bytes.HasSuffix(line, []byte(lineEnd)) {
		return l, "is not whole"
	}
	body, tail := line[:len(line)-tailSize], line[len(line)-tailSize:]
	hash := digest(body)
	if !hmac.Equal(tail, []byte(hashMark+hash+sealMark+seal(key, hash)+lineEnd)) {
		return l, "was changed"
	}
	if err := json.Unmarshal(append(bytes.Clone(body), '}'), &l); err != nil {
		return l, "is no entry"
	}
	l.hash = hash
	return l, ""
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func seal(key []byte, text string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// A Head says what the trail must at least hold. Kept elsewhere, it proves later that nothing up to it was taken back.
type Head struct {
	Seq    int64  `json:"seq"`
	Hash   string `json:"hash"`   // of entry Seq
	Size   int64  `json:"size"`   // of the trail up to there, in bytes
	Closed bool   `json:"closed"` // the trail was closed: it holds no more than this
}

// headSize is the size of the head file: one sector, so that it is written whole or not at all.
const headSize = 512

// encodeHead is the head file.
func encodeHead(key []byte, h Head) ([]byte, error) {
	text, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("encode head: %w", err)
	}
	file := fmt.Appendf(nil, "%s %s", text, seal(key, string(text)))
	file = append(file, bytes.Repeat([]byte(" "), headSize-1-len(file))...)
	return append(file, '\n'), nil
}

// decodeHead reads a head file. It accepts what encodeHead writes and nothing else.
func decodeHead(key, file []byte) (Head, bool) {
	var h Head
	text, _, _ := bytes.Cut(file, []byte(" "))
	if json.Unmarshal(text, &h) != nil {
		return Head{}, false
	}
	again, err := encodeHead(key, h)
	return h, err == nil && hmac.Equal(again, file)
}
