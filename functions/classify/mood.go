package classify

import (
	"embed"
	"fmt"

	"keliu/functions/classify/linear"
	"keliu/streams/desk"
)

//go:embed weights
var weights embed.FS

// Labels of the moods. The order is that of the embedded weights.
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

// MoodLabels are the labels of the embedded weights, by the name of their file.
var moodLabels = map[string][]string{
	"polarity":  {Negative, Neutral, Positive},
	"polarity2": {Negative, Positive},
	"emotion":   {Happy, Angry, Sad, Fear, Surprise, Neutral},
}

// moods judges how texts sound: three trained models for the tone, a list of words for service talk.
type moods struct {
	polarity, polarity2, emotion *linear.Model
	service                      *lexicon
}

func openMoods() (*moods, error) {
	m := &moods{}
	for name, to := range map[string]**linear.Model{"polarity": &m.polarity, "polarity2": &m.polarity2, "emotion": &m.emotion} {
		data, err := weights.ReadFile("weights/" + name + ".bin")
		if err != nil {
			return nil, fmt.Errorf("mood weights: %w", err)
		}
		if *to, err = linear.Decode(data); err != nil {
			return nil, fmt.Errorf("mood weights %s: %w", name, err)
		}
	}
	var err error
	m.service, err = readLexicon(serviceTalk)
	return m, err
}

// How loud the tone may be. Without a word from the list it never makes a person step in: the trained
// models were taught by reviews and posts, where a broken cup sounds as bad as an insult.
const (
	toneDown = 0.4 // of the way to furious, for the worst tone
	toneUp   = 0.6 // of the way to delighted, for the best
)

// judge weighs the tone and the words heard. Texts without Chinese characters have no tone that the models know.
func (m *moods) judge(features []uint32, chinese bool, h heard) (Mood, desk.Emotion) {
	var three [3]float32
	var two [2]float32
	var six [6]float32
	if chinese {
		m.polarity.Probabilities(three[:], features)
		m.polarity2.Probabilities(two[:], features)
		m.emotion.Probabilities(six[:], features)
	} else {
		h.tone(&three, &two, &six)
	}
	mood := Mood{
		Polarity:  best(three[:], m.polarity),
		Polarity2: best(two[:], m.polarity2),
		Emotion:   best(six[:], m.emotion),
	}
	tone := float64(three[2] - three[0])
	if tone < 0 {
		tone *= toneDown
	} else {
		tone *= toneUp
	}
	score := h.good - h.bad + tone*(1-max(h.good, h.bad))
	return mood, desk.Emotion(max(-1, min(score, 1)))
}

// best is the likeliest label.
func best(p []float32, m *linear.Model) Label {
	at := 0
	for i := range p {
		if p[i] > p[at] {
			at = i
		}
	}
	return Label{m.Labels()[at], float64(p[at])}
}

// tone is what the words alone tell about the moods.
func (h heard) tone(three *[3]float32, two *[2]float32, six *[6]float32) {
	good, bad := float32(h.good), float32(h.bad)
	lean := (1 + good - bad) / 2
	two[0], two[1] = 1-lean, lean
	quiet := 1 - max(good, bad)
	sum := good + bad + quiet
	three[0], three[1], three[2] = bad/sum, quiet/sum, good/sum
	six[0], six[1], six[5] = good/sum, bad/sum, quiet/sum
}
