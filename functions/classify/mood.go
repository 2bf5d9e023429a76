package classify

import (
	"embed"
	"fmt"
	"slices"

	"keliu/functions/classify/linear"
	"keliu/functions/classify/text"
	"keliu/streams/desk"
)

//go:embed weights
var weights embed.FS

// The labels of the moods.
const (
	Negative = "negative"
	Neutral  = "neutral"
	Positive = "positive"
	Happy    = "happy"
	Angry    = "angry"
	Sad      = "sad"
	Fear     = "fear"
	Surprise = "surprise"
)

// A Label is one of a set and how likely it is, 0–1.
type Label struct {
	Name  string
	Score float64
}

// A Mood is how a text sounds, by three questions.
type Mood struct {
	Polarity  Label // negative, neutral or positive
	Polarity2 Label // negative or positive: the better of the two
	Emotion   Label // happy, angry, sad, fear, surprise or neutral
}

// moods judges how texts sound: three trained models for the tone, a list of words for service talk.
type moods struct {
	polarity, polarity2, emotion *linear.Model
	service                      *lexicon
}

func openMoods() (*moods, error) {
	m := &moods{}
	for _, f := range []struct {
		name   string
		to     **linear.Model
		labels []string
	}{
		{"polarity", &m.polarity, []string{Negative, Neutral, Positive}},
		{"polarity2", &m.polarity2, []string{Negative, Positive}},
		{"emotion", &m.emotion, []string{Happy, Angry, Sad, Fear, Surprise, Neutral}},
	} {
		data, err := weights.ReadFile("weights/" + f.name + ".bin")
		if err != nil {
			return nil, fmt.Errorf("mood weights: %w", err)
		}
		model, err := linear.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("mood weights %s: %w", f.name, err)
		}
		if !slices.Equal(model.Labels(), f.labels) {
			return nil, fmt.Errorf("mood weights %s: labels %q, want %q", f.name, model.Labels(), f.labels)
		}
		*f.to = model
	}
	var err error
	m.service, err = readLexicon(serviceTalk)
	return m, err
}

// How loud the tone may be. Without a word from the list it never makes a person step in: the trained
// models were taught by reviews and posts, where a broken cup sounds as bad as an insult.
const (
	toneDown = 0.3 // of the way to furious, for the worst tone
	toneUp   = 0.6 // of the way to delighted, for the best
)

// plainBlame is how bad the words heard must be to have a say in the moods, beside the trained models.
const plainBlame = 0.5

// judge weighs the tone and the words heard. Without Chinese characters there is no tone that the models know.
func (m *moods) judge(w *workings, h heard) (Mood, desk.Emotion) {
	var (
		three [3]float32
		two   [2]float32
		six   [6]float32
		tone  float64
	)
	if text.HasHan(w.said) {
		m.polarity.Probabilities(three[:], w.pairs)
		m.polarity2.Probabilities(two[:], w.triples)
		m.emotion.Probabilities(six[:], w.pairs)
		tone = float64(three[2] - three[0])
	} else {
		good, quiet := float32(h.good), float32(1-max(h.good, h.bad))
		three[1], three[2] = quiet, good
		two[0], two[1] = 0.5, 0.5+good
		six[0], six[5] = good, quiet
	}
	if bad := float32(h.bad); bad >= plainBlame {
		three[0] += bad
		two[0] += bad
		six[1] += bad
	}
	if tone < 0 {
		tone *= toneDown
	} else {
		tone *= toneUp
	}
	score := h.good - h.bad + tone*(1-max(h.good, h.bad))
	return Mood{best(three[:], m.polarity), best(two[:], m.polarity2), best(six[:], m.emotion)}, desk.Emotion(max(-1, min(score, 1)))
}

// best is the likeliest label of shares that need not sum to 1.
func best(p []float32, m *linear.Model) Label {
	at, sum := 0, float32(0)
	for i := range p {
		sum += p[i]
		if p[i] > p[at] {
			at = i
		}
	}
	return Label{m.Labels()[at], float64(p[at] / sum)}
}
