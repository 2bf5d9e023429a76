package documents

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// The names that the columns of a FAQ go by.
var (
	questionColumns = []string{"问题", "标准问题", "标准问", "问", "提问", "question", "questions", "q"}
	answerColumns   = []string{"答案", "回答", "标准答案", "回复", "答", "answer", "answers", "a"}
	similarColumns  = []string{"相似问", "相似问题", "相似问法", "扩展问", "其他问法", "问法", "similar", "similar questions", "phrasings", "also asked"}
)

// table reads rows under a header. A table with a question and an answer column becomes questions and answers;
// any other row becomes "column：value；…".
func table(rows [][]string) []Block {
	rows = slices.DeleteFunc(rows, func(cells []string) bool { return strings.TrimSpace(strings.Join(cells, "")) == "" })
	if len(rows) == 0 {
		return nil
	}
	header := rows[0]
	if len(rows) == 1 {
		return []Block{{Text: joinCells(header)}}
	}
	question, answer, similar := column(header, questionColumns), column(header, answerColumns), column(header, similarColumns)
	var blocks []Block
	for _, cells := range rows[1:] {
		if question >= 0 && answer >= 0 {
			if b := pair(cells, question, answer, similar); b.Text != "" {
				blocks = append(blocks, b)
			}
			continue
		}
		var named []string
		for i, cell := range cells {
			cell = oneLine(cell)
			switch {
			case cell == "":
			case i < len(header) && oneLine(header[i]) != "":
				named = append(named, oneLine(header[i])+"："+cell)
			default:
				named = append(named, cell)
			}
		}
		blocks = append(blocks, Block{Text: strings.Join(named, "；")})
	}
	return blocks
}

// pair reads a row of a FAQ.
func pair(cells []string, question, answer, similar int) Block {
	b := Block{Text: clean(cell(cells, answer))}
	if q := oneLine(cell(cells, question)); q != "" {
		b.Questions = append(b.Questions, q)
	}
	b.Questions = append(b.Questions, several(cell(cells, similar))...)
	return b
}

// several splits similar questions, written in one cell or line: by lines, bars, semicolons or slashes.
func several(text string) (questions []string) {
	for _, q := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n|｜;；/", r) }) {
		if q = oneLine(q); q != "" {
			questions = append(questions, q)
		}
	}
	return questions
}

func column(header, names []string) int {
	return slices.IndexFunc(header, func(cell string) bool {
		return slices.Contains(names, strings.ToLower(oneLine(cell)))
	})
}

func cell(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}

func joinCells(cells []string) string {
	var kept []string
	for _, c := range cells {
		if c = oneLine(c); c != "" {
			kept = append(kept, c)
		}
	}
	return strings.Join(kept, "；")
}

// readCSV reads a table with commas, semicolons or tabs, whichever its first line has most of.
func readCSV(body string) (Document, error) {
	first, _, _ := strings.Cut(body, "\n")
	r := csv.NewReader(strings.NewReader(body))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	for _, comma := range []rune{';', '\t'} {
		if strings.Count(first, string(comma)) > strings.Count(first, string(r.Comma)) {
			r.Comma = comma
		}
	}
	var rows [][]string
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return Document{Blocks: table(rows)}, nil
		}
		if err != nil {
			return Document{}, err
		}
		rows = append(rows, cells)
	}
}
