// Package classify tells what a customer means and how they feel: intent, emotion, language and the facts they
// gave. Intents are learnt at the start from the examples of their folders; emotion rests on embedded
// weights and, for what makes a person step in, on a list of words that can be read.
package classify

import (
	"cmp"
	"slices"
	"sync"

	"keliu/functions/classify/facts"
	"keliu/functions/classify/linear"
	"keliu/functions/classify/text"
	"keliu/streams/desk"
)

// defaultDoubt refuses as many strangers' lines as it can without refusing more of the customers'.
const defaultDoubt = 0.35

// Options adjust a Classifier; the zero value is good.
type Options struct {
	// Doubt is the confidence below which a text counts as out of scope; 0 means 0.35.
	Doubt float64
}

// A Classifier understands texts. It is safe for concurrent use.
type Classifier struct {
	intents *linear.Model // label 0 is none
	mood    *moods
	doubt   float64
	scratch sync.Pool // of *workings
}

// workings are the buffers of one call.
type workings struct {
	said           []rune
	pairs, triples []uint32 // features of it
}

// New learns to tell the intents apart: examples maps the name of each to its text, one example per line, #
// before comments. The same examples give the same classifier.
func New(examples map[string]string, o Options) (*Classifier, error) {
	intents, err := learn(examples)
	if err != nil {
		return nil, err
	}
	mood, err := openMoods()
	if err != nil {
		return nil, err
	}
	c := &Classifier{intents: intents, mood: mood, doubt: o.Doubt}
	if c.doubt == 0 {
		c.doubt = defaultDoubt
	}
	c.scratch.New = func() any { return new(workings) }
	return c, nil
}

// A Context is what came before a text.
type Context struct {
	Asked     string    // what the desk asked last: the name of a fact, "confirm:refund" …
	PrevReply string    // what the desk said last
	Turns     []string  // what the customer said earlier, oldest first
	Lang      desk.Lang // spoken so far, for texts that show none
}

// An Understanding is all that one text tells.
type Understanding struct {
	Intent     string   // the best of the intents, even when out of scope; empty when the text is
	Confidence float64  // 0–1, how likely Intent is meant
	Ranked     []Ranked // every intent, best first
	OutOfScope bool     // none of the intents is meant, as far as can be told
	Bare       bool     // the text holds facts and no more, such as "尾号1234": it goes on with what was asked
	Lang       desk.Lang
	Emotion    desk.Emotion
	Heard      []string // the words that Emotion rests on, when it does not rest on the tone alone
	Mood       Mood
	Facts      desk.Facts // given in this text
}

// Ranked is one intent with its confidence.
type Ranked struct {
	Intent     string  `json:"intent"`
	Confidence float64 `json:"confidence"` // 0–1; what is missing to a sum of 1 is the doubt that any is meant
}

// Understand reads a text. Every text, whatever its bytes, has an answer.
func (c *Classifier) Understand(raw string, o Context) Understanding {
	w := c.scratch.Get().(*workings)
	defer c.scratch.Put(w)
	w.said = text.Fold(w.said[:0], raw)
	w.pairs = linear.Features(w.pairs[:0], w.said, linear.Pairs)
	w.triples = linear.Features(w.triples[:0], w.said, linear.Triples)
	u := Understanding{Lang: language(w.said, o.Lang)}
	u.Facts, u.Bare = facts.Find(w.said, o.Asked)
	c.rank(&u, w, o)
	heard := c.mood.service.hear(w.said, shouts(raw))
	u.Heard = heard.words
	u.Mood, u.Emotion = c.mood.judge(w, heard)
	return u
}

// A text leans on what was said before when it has few features and no intent is likely by itself.
const (
	followUpFeatures = 20
	followUpDoubt    = 0.5
)

// rank finds the intents. A short text that says too little by itself ("那运费呢") is read together with what
// was said before.
func (c *Classifier) rank(u *Understanding, w *workings, o Context) {
	labels := c.intents.Labels()
	p := make([]float32, len(labels))
	if len(w.said) == 0 {
		p[0] = 1
	} else {
		pairs := w.pairs
		if about := matter(w.said); len(about) < len(w.said) {
			pairs = linear.Features(nil, about, linear.Pairs)
		}
		c.intents.Probabilities(p, pairs)
		if before := earlier(o); before != "" && len(pairs) <= followUpFeatures && slices.Max(p[1:]) < followUpDoubt {
			both := text.Fold(append(slices.Clip(w.said), ' '), before)
			c.intents.Probabilities(p, linear.Features(nil, both, linear.Pairs))
		}
	}
	u.Ranked = make([]Ranked, len(labels)-1)
	for i, name := range labels[1:] {
		u.Ranked[i] = Ranked{name, float64(p[i+1])}
	}
	slices.SortStableFunc(u.Ranked, func(a, b Ranked) int { return cmp.Compare(b.Confidence, a.Confidence) })
	best := u.Ranked[0]
	u.Confidence = best.Confidence
	u.OutOfScope = best.Confidence < c.doubt || best.Confidence < float64(p[0])
	if len(w.said) > 0 {
		u.Intent = best.Intent
	}
}

// earlier is the turn that a follow-up leans on: the customer's own, else the desk's.
func earlier(o Context) string {
	if n := len(o.Turns); n > 0 {
		return o.Turns[n-1]
	}
	return o.PrevReply
}
