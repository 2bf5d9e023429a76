package rules

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"keliu/functions/store/leads"
	"keliu/streams/desk"
	"keliu/streams/match"
)

// What a rule and a campaign may have at most.
const (
	maxName    = 60
	maxPhrases = 200
	maxNear    = 500
	maxReply   = 1000
	maxScore   = 100
)

// links are what platforms take for an address outside.
var links = regexp.MustCompile(`(?i)https?://|\bwww\.|\b[a-z0-9-]+\.(?:com|cn|net|org|top|shop|vip|cc|io|me|xyz|info|link)\b`)

// Clean returns a rule as it is kept: without blanks around and without doubles. What is wrong with it is refused with
// desk.ErrInvalid and a code that says so.
func Clean(r leads.Rule) (leads.Rule, error) {
	r.Name, r.Reply = strings.TrimSpace(r.Name), strings.TrimSpace(r.Reply)
	if err := named(r.Name); err != nil {
		return r, err
	}
	var err error
	for _, list := range []*[]string{&r.Any, &r.All, &r.None} {
		if *list, err = phrases(*list); err != nil {
			return r, err
		}
	}
	if len(r.Any) == 0 && len(r.All) == 0 {
		return r, desk.Refuse(desk.ErrInvalid, "rule_empty")
	}
	switch {
	case r.Near < 0 || r.Near > maxNear || r.Near > 0 && len(r.All) < 2:
		return r, desk.Refuse(desk.ErrInvalid, "rule_near", maxNear)
	case math.IsNaN(r.Score) || math.Abs(r.Score) > maxScore:
		return r, desk.Refuse(desk.ErrInvalid, "rule_score", maxScore)
	}
	r.Channels, r.Items = tidy(r.Channels), tidy(r.Items)
	alone := r
	alone.Off = false
	if _, err := Compile([]leads.Rule{alone}); err != nil {
		return r, desk.Refuse(desk.ErrInvalid, "rule_phrase_signs", r.Name)
	}
	if phrase, never := contradiction(r); never {
		return r, desk.Refuse(desk.ErrInvalid, "rule_contradiction", phrase)
	}
	return r, Said(r.Reply)
}

// CleanCampaign returns a campaign as it is kept, as Clean does.
func CleanCampaign(c leads.Campaign) (leads.Campaign, error) {
	c.Name, c.A, c.B = strings.TrimSpace(c.Name), strings.TrimSpace(c.A), strings.TrimSpace(c.B)
	if err := named(c.Name); err != nil {
		return c, err
	}
	switch {
	case c.A == "":
		return c, desk.Refuse(desk.ErrInvalid, "campaign_text")
	case c.Cap < 0:
		return c, desk.Refuse(desk.ErrInvalid, "campaign_cap")
	case !c.From.IsZero() && !c.Until.IsZero() && !c.From.Before(c.Until):
		return c, desk.Refuse(desk.ErrInvalid, "campaign_times")
	}
	c.Rules, c.Channels, c.Items = tidy(c.Rules), tidy(c.Channels), tidy(c.Items)
	if err := Said(c.A); err != nil {
		return c, err
	}
	return c, Said(c.B)
}

func named(name string) error {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return desk.Refuse(desk.ErrInvalid, "rule_name_empty")
	case n > maxName:
		return desk.Refuse(desk.ErrInvalid, "rule_name_long", maxName)
	case strings.ContainsFunc(name, unicode.IsControl):
		return desk.Refuse(desk.ErrInvalid, "field_control", "name")
	}
	return nil
}

// phrases returns a list of phrases without doubles.
func phrases(list []string) ([]string, error) {
	for _, phrase := range list {
		phrase = strings.TrimSpace(phrase)
		if phrase == "" {
			return nil, desk.Refuse(desk.ErrInvalid, "rule_phrase_empty")
		}
		if utf8.RuneCountInString(phrase) > match.MaxRunes {
			return nil, desk.Refuse(desk.ErrInvalid, "rule_phrase_long", match.MaxRunes)
		}
		if !strings.ContainsFunc(phrase, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) }) {
			return nil, desk.Refuse(desk.ErrInvalid, "rule_phrase_signs", phrase)
		}
	}
	if list = tidy(list); len(list) > maxPhrases {
		return nil, desk.Refuse(desk.ErrInvalid, "rule_phrases_many", maxPhrases, len(list))
	}
	return list, nil
}

// tidy drops doubles and what is empty.
func tidy(list []string) (kept []string) {
	known := map[string]bool{}
	for _, one := range list {
		if one = strings.TrimSpace(one); one != "" && !known[one] {
			known[one], kept = true, append(kept, one)
		}
	}
	return kept
}

// Said refuses a text that platforms do not let through.
func Said(text string) error {
	switch {
	case utf8.RuneCountInString(text) > maxReply:
		return desk.Refuse(desk.ErrInvalid, "reply_long", maxReply)
	case links.MatchString(text):
		return desk.Refuse(desk.ErrInvalid, "reply_link")
	case strange(text) != "":
		return desk.Refuse(desk.ErrInvalid, "reply_placeholder", strange(text))
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return desk.Refuse(desk.ErrInvalid, "field_control", "reply")
	}
	return nil
}

// placeholders are what somebody may have meant to be filled in.
var placeholders = regexp.MustCompile(`\{[^{}\n]{1,20}\}`)

// strange is the first placeholder of a text that nothing is filled in for.
func strange(text string) string {
	for _, found := range placeholders.FindAllString(text, -1) {
		if found != "{name}" {
			return found
		}
	}
	return ""
}

// Fill writes a name into a text for somebody; without a name what stands for it is dropped.
func Fill(text, name string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "{name}", name))
}
