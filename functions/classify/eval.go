package classify

import (
	"encoding/json"
	"fmt"
	"math"

	"keliu/streams/desk"
)

// An evalRow is a line of the evaluation's input; unknown fields are ignored.
type evalRow struct {
	ID        json.RawMessage `json:"id"`
	Text      *string         `json:"text"`
	Context   []string        `json:"context"`
	PrevReply string          `json:"prev_reply"`
}

func readRow(line []byte) (evalRow, error) {
	var r evalRow
	if err := json.Unmarshal(line, &r); err != nil {
		return r, fmt.Errorf("evaluation row: %w: %w", desk.ErrInvalid, err)
	}
	if r.Text == nil {
		return r, fmt.Errorf("evaluation row without text: %w", desk.ErrInvalid)
	}
	return r, nil
}

func (r evalRow) context() Context { return Context{PrevReply: r.PrevReply, Turns: r.Context} }

// An EmotionAnswer is what EvalEmotion writes.
type EmotionAnswer struct {
	ID        json.RawMessage `json:"id,omitempty"`
	Polarity  string          `json:"polarity"`  // negative, neutral or positive
	Polarity2 string          `json:"polarity2"` // negative or positive
	Emotion   string          `json:"emotion"`   // happy, angry, sad, fear, surprise or neutral
	Score     EmotionScore    `json:"score"`
}

// An EmotionScore says how likely each of the answers is, 0–1.
type EmotionScore struct {
	Polarity  float64 `json:"polarity"`
	Polarity2 float64 `json:"polarity2"`
	Emotion   float64 `json:"emotion"`
}

// EvalEmotion answers one line of the evaluation task emotion: JSON with text and, if there is one, an id.
func (c *Classifier) EvalEmotion(line []byte) (EmotionAnswer, error) {
	r, err := readRow(line)
	if err != nil {
		return EmotionAnswer{}, err
	}
	m := c.Understand(*r.Text, r.context()).Mood
	return EmotionAnswer{
		ID: r.ID, Polarity: m.Polarity.Name, Polarity2: m.Polarity2.Name, Emotion: m.Emotion.Name,
		Score: EmotionScore{round(m.Polarity.Score), round(m.Polarity2.Score), round(m.Emotion.Score)},
	}, nil
}

// An IntentAnswer is what EvalIntent writes.
type IntentAnswer struct {
	ID         json.RawMessage `json:"id,omitempty"`
	Intent     string          `json:"intent"`
	Confidence float64         `json:"confidence"`
	Ranked     []Ranked        `json:"ranked"` // best first
	OutOfScope bool            `json:"oos"`
}

// EvalIntent answers one line of the evaluation task intent: JSON with text and, if there are any, id, prev_reply
// and context.
func (c *Classifier) EvalIntent(line []byte) (IntentAnswer, error) {
	r, err := readRow(line)
	if err != nil {
		return IntentAnswer{}, err
	}
	u := c.Understand(*r.Text, r.context())
	for i := range u.Ranked {
		u.Ranked[i].Confidence = round(u.Ranked[i].Confidence)
	}
	return IntentAnswer{ID: r.ID, Intent: u.Intent, Confidence: round(u.Confidence), Ranked: u.Ranked, OutOfScope: u.OutOfScope}, nil
}

// round keeps four places of a score.
func round(score float64) float64 { return math.Round(score*1e4) / 1e4 }
