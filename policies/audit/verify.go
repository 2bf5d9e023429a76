package audit

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A Report says what a verification found.
type Report struct {
	Entries int64  `json:"entries"`          // sound ones
	Head    Head   `json:"head"`             // of these; keep it elsewhere to compare later
	Torn    int64  `json:"torn,omitempty"`   // bytes at the end that a crash left half written; nobody was told that they are kept
	Broken  *Break `json:"broken,omitempty"` // the first place where the trail was touched; nil when it was not
}

// A Break is the first place where a trail is not what was written.
type Break struct {
	Seq  int64  `json:"seq"`  // the entry that should stand there; 0 when it is no entry that is broken
	Line int64  `json:"line"` // of the trail; 0 when it is no line
	Why  string `json:"why"`
}

// String names the entry and says what is wrong.
func (b *Break) String() string {
	if b.Seq == 0 {
		return b.Why
	}
	return fmt.Sprintf("entry %d (line %d) %s", b.Seq, b.Line, b.Why)
}

// Verify reads the trail in dir from its beginning and reports the first entry that was changed, removed, inserted or
// reordered, and an end that was cut off. An error means that the files could not be read.
func Verify(dir string) (Report, error) {
	report := Report{Head: Head{Hash: begin}}
	broken := func(why string) (Report, error) {
		report.Broken = &Break{Why: why}
		return report, nil
	}
	trail, err := os.Open(filepath.Join(dir, trailFile))
	if errors.Is(err, fs.ErrNotExist) {
		return broken("the trail is missing")
	}
	if err != nil {
		return report, fmt.Errorf("verify audit trail: %w", err)
	}
	defer trail.Close()
	key, err := readKey(dir)
	if err != nil {
		return broken("the key of the trail is missing or damaged")
	}
	file, err := os.ReadFile(filepath.Join(dir, headFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return report, fmt.Errorf("verify audit trail: %w", err)
	}
	head, ok := decodeHead(key, file)
	if !ok {
		return broken("the head of the trail is missing or was changed")
	}
	err = walk(trail, key, func(l link, line []byte, wrong string) error {
		return report.take(head, l, line, wrong)
	})
	if err != nil && !errors.Is(err, errBroken) {
		return report, fmt.Errorf("verify audit trail: %w", err)
	}
	if report.Broken == nil && report.Head.Seq < head.Seq {
		report.Broken = report.breakHere(fmt.Sprintf("is missing, and all after it up to %d", head.Seq))
	}
	report.Entries = report.Head.Seq
	return report, nil
}

// errBroken ends a walk at the first break.
var errBroken = errors.New("broken")

// take looks at one line. wrong says what is the matter with the line by itself.
func (r *Report) take(head Head, l link, line []byte, wrong string) error {
	beyond := r.Head.Seq >= head.Seq // what follows was never acknowledged
	switch {
	case beyond && head.Closed:
		wrong = "was added after the trail was closed"
	case wrong != "":
		if beyond && !head.Closed {
			r.Torn += int64(len(line)) // and nothing after it can be sound
			return nil
		}
	case r.Torn > 0:
		wrong = "follows something that was never written"
	case l.Seq > r.Head.Seq+1:
		wrong = fmt.Sprintf("is missing; entry %d stands there", l.Seq)
	case l.Seq <= r.Head.Seq:
		wrong = fmt.Sprintf("is not there; entry %d stands there a second time or out of place", l.Seq)
	case l.Prev != r.Head.Hash:
		wrong = "does not follow the entry before it"
	}
	if wrong != "" {
		r.Broken = r.breakHere(wrong)
		return errBroken
	}
	r.Head = Head{Seq: l.Seq, Hash: l.hash, Size: r.Head.Size + int64(len(line)), Closed: head.Closed}
	if r.Head.Seq == head.Seq && (r.Head.Hash != head.Hash || r.Head.Size != head.Size) {
		r.Broken = &Break{Seq: l.Seq, Line: l.Seq, Why: "is not the entry that the head names"}
		return errBroken
	}
	return nil
}

// breakHere is a break at the entry after the last sound one.
func (r *Report) breakHere(why string) *Break {
	return &Break{Seq: r.Head.Seq + 1, Line: r.Head.Seq + 1, Why: why}
}

// walk hands each line with its link, or with what is wrong with it, to visit.
func walk(trail io.Reader, key []byte, visit func(l link, line []byte, wrong string) error) error {
	lines := bufio.NewReader(trail)
	for {
		line, err := readLine(lines)
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			return err
		}
		if len(line) == 0 {
			return nil
		}
		l, wrong := decode(key, line)
		if err := visit(l, line, wrong); err != nil {
			return err
		}
	}
}

// maxLine is the longest line that is read at once; a longer one is no entry, and its pieces are none.
const maxLine = 1 << 20

// readLine reads a line with its end, or what there is of one.
func readLine(r *bufio.Reader) ([]byte, error) {
	var long []byte
	for {
		piece, err := r.ReadSlice('\n')
		if err != bufio.ErrBufferFull && long == nil {
			return piece, err
		}
		long = append(long, piece...)
		if err != bufio.ErrBufferFull || len(long) > maxLine {
			return long, err
		}
	}
}
