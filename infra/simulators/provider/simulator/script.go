package simulator

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Fault is a way to go wrong.
type Fault string

// The faults. Those with a pace use the rule's Delay.
const (
	Hang          Fault = "hang"            // accepts and says nothing
	SlowStart     Fault = "slow_start"      // the first token comes after Delay
	SlowLoris     Fault = "slow_loris"      // every token comes after Delay
	Cut           Fault = "cut"             // the connection breaks in the middle of the answer
	Unfinished    Fault = "unfinished"      // the answer ends in the middle, politely
	InvalidJSON   Fault = "invalid_json"    // in the middle of the answer
	InvalidUTF8   Fault = "invalid_utf8"    // in the middle of the answer
	WrongType     Fault = "content_type"    // an HTML page
	Broken        Fault = "500"             // an error of the server
	RateLimit     Fault = "429"             // with Retry-After of Delay
	Reset         Fault = "reset"           // the connection breaks before any answer
	Endless       Fault = "endless"         // the answer never ends
	EmptyChoices  Fault = "empty_choices"   // nothing is said
	ErrorInStream Fault = "error_in_stream" // an error object in the middle of the answer
)

// faults are all of them.
var faults = []Fault{Hang, SlowStart, SlowLoris, Cut, Unfinished, InvalidJSON, InvalidUTF8, WrongType, Broken, RateLimit, Reset, Endless, EmptyChoices, ErrorInStream}

// Faults lists every fault.
func Faults() []Fault { return append([]Fault(nil), faults...) }

// A Rule says how a question is answered. The first rule of a script that matches is taken.
type Rule struct {
	Contains string // of the question; empty or * matches every question
	Answer   string
	Fault    Fault         // empty answers well
	Delay    time.Duration // for the faults with a pace; 0 is 5 s
	Times    int           // how often the rule is good; 0 is for ever

	spent bool
}

func (r Rule) matches(question string) bool {
	return r.Contains == "*" || strings.Contains(question, r.Contains)
}

// pace is the rule's Delay or what stands for none.
func (r Rule) pace() time.Duration {
	if r.Delay == 0 {
		return 5 * time.Second
	}
	return r.Delay
}

// Parse reads a script: a line for each rule, # begins a comment line.
//
//	运费 => 单笔订单实付满 99 元包邮。
//	退货 {fault=slow_start delay=3s times=2} => 签收后 7 天内可以退货。
//	* => 您好，请问有什么可以帮您？
func Parse(text string) ([]Rule, error) {
	var script []Rule
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		rule, err := parseRule(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		script = append(script, rule)
	}
	return script, nil
}

func parseRule(line string) (Rule, error) {
	head, answer, found := strings.Cut(line, "=>")
	if !found {
		return Rule{}, errors.New("write: words of the question => answer")
	}
	rule := Rule{Answer: strings.TrimSpace(answer)}
	head = strings.TrimSpace(head)
	if open := strings.LastIndex(head, "{"); open >= 0 && strings.HasSuffix(head, "}") {
		for option := range strings.FieldsSeq(head[open+1 : len(head)-1]) {
			if err := rule.set(option); err != nil {
				return Rule{}, err
			}
		}
		head = strings.TrimSpace(head[:open])
	}
	rule.Contains = head
	return rule, nil
}

// set takes an option such as fault=hang.
func (r *Rule) set(option string) (err error) {
	name, value, _ := strings.Cut(option, "=")
	switch name {
	case "fault":
		for _, f := range faults {
			if string(f) == value {
				r.Fault = f
				return nil
			}
		}
		return fmt.Errorf("unknown fault %q; known are %v", value, faults)
	case "delay":
		if r.Delay, err = time.ParseDuration(value); err != nil || r.Delay <= 0 {
			return fmt.Errorf("delay %q is no duration such as 3s", value)
		}
	case "times":
		if r.Times, err = strconv.Atoi(value); err != nil || r.Times <= 0 {
			return fmt.Errorf("times %q is no number of times", value)
		}
	default:
		return fmt.Errorf("unknown option %q; known are fault, delay, times", name)
	}
	return nil
}
