package search

// shortText is the most runes of a line that may be a question itself.
const shortText = 40

// A Line is an entry as evaluation files hold it: a paragraph, or a question with other phrasings and its answer.
type Line struct {
	ID        string   `json:"id"`
	Text      string   `json:"text"`
	Phrasings []string `json:"phrasings,omitempty"`
	Answer    string   `json:"answer,omitempty"`
}

// Entry returns what New takes. The text of a line that has phrasings or an answer, or is short, counts as a question.
func (l Line) Entry() Entry {
	e := Entry{ID: l.ID, Text: l.Text, Phrasings: l.Phrasings}
	if l.Answer != "" {
		e.Text += "\n" + l.Answer
	}
	if l.Answer != "" || len(l.Phrasings) > 0 || len([]rune(l.Text)) <= shortText {
		e.Phrasings = append([]string{l.Text}, l.Phrasings...)
	}
	return e
}
