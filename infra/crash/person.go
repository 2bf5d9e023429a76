package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"keliu/infra/rig"
)

// questions are what the customers ask: the builtin engine answers each with one reply.
var questions = []string{"你好", "多久发货？", "可以七天无理由退货吗", "运费怎么算", "怎么开发票", "我的订单到哪了", "支持花呗吗", "保修多久"}

// A person is one customer: writes one message after the other, repeats under the same key what was not acknowledged, and
// listens all the while.
type person struct {
	*rig.Customer
	number int

	sent    int      // messages begun
	pending bool     // the last of them was not acknowledged
	acked   []string // IDs
	texts   []string // of the acknowledged, each different

	mu    sync.Mutex
	last  int64   // the latest event heard
	heard []int64 // all events heard
}

func enter(ctx context.Context, url string, number int) (*person, error) {
	c, err := rig.Enter(ctx, url, map[string]string{"visitor": fmt.Sprintf("crash-test-visitor-%d", number)})
	if err != nil {
		return nil, err
	}
	c.Client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	return &person{Customer: c, number: number}, nil
}

// write sends until the context ends or the product is gone.
func (p *person) write(ctx context.Context) {
	for ctx.Err() == nil {
		if !p.pending {
			p.sent++
			p.pending = true
		}
		text := fmt.Sprintf("%s（第%d问）", questions[(p.number+p.sent)%len(questions)], p.sent)
		line, err := p.Say(ctx, text, fmt.Sprintf("key-%d", p.sent))
		var refused *rig.Refusal
		switch {
		case err == nil:
			p.acked, p.texts, p.pending = append(p.acked, line.ID), append(p.texts, text), false
		case errors.As(err, &refused) && refused.Status == http.StatusTooManyRequests:
			wait(ctx, 100*time.Millisecond)
		default:
			return // gone, or going
		}
	}
}

// listen hears until the context ends or the product is gone, and goes on where it was the next time.
func (p *person) listen(ctx context.Context) {
	p.mu.Lock()
	after := p.last
	p.mu.Unlock()
	// How a stream ends does not matter: what was heard does.
	_ = p.Listen(ctx, after, func(e rig.Event) bool {
		if e.ID > 0 {
			p.mu.Lock()
			p.heard, p.last = append(p.heard, e.ID), e.ID
			p.mu.Unlock()
		}
		return true
	})
	p.Client.CloseIdleConnections()
}

// settle is how long what was acknowledged may take to be answered after the last start.
const settle = time.Minute

// check waits until every acknowledged message has its reply, or the time is up, and counts what is wrong.
func check(ctx context.Context, people []*person) (Report, error) {
	var report Report
	deadline := time.Now().Add(settle)
	for _, p := range people {
		report.Acknowledged += len(p.acked)
		var lines []rig.Line
		for {
			var err error
			if lines, err = p.History(ctx); err != nil {
				return report, err
			}
			if lost, unanswered := p.missing(lines); lost+unanswered == 0 || time.Now().After(deadline) {
				report.Lost += lost
				report.Unanswered += unanswered
				break
			}
			wait(ctx, 20*time.Millisecond)
		}
		report.Doubled += p.doubled(lines)
		missed, twice := p.overheard(ctx, lines)
		report.Missed += missed
		report.Doubled += twice
	}
	return report, ctx.Err()
}

// missing counts acknowledged messages that are not there, and those without the reply that carries their name.
func (p *person) missing(lines []rig.Line) (lost, unanswered int) {
	there := map[string]bool{}
	for _, l := range lines {
		there[l.ID] = true
	}
	for _, id := range p.acked {
		if !there[id] {
			lost++
		}
		if !there[id+"_r"] {
			unanswered++
		}
	}
	return lost, unanswered
}

// doubled counts what is there more than once: a message by its words, which are said only once, and more replies than
// messages.
func (p *person) doubled(lines []rig.Line) (n int) {
	texts, ids := map[string]int{}, map[string]int{}
	messages, replies := 0, 0
	for _, l := range lines {
		ids[l.ID]++
		if l.By == "customer" {
			texts[l.Text]++
			messages++
		} else {
			replies++
		}
	}
	for _, times := range texts {
		n += times - 1
	}
	for _, times := range ids {
		n += times - 1
	}
	return n + max(0, replies-messages)
}

// overheard lets the customer listen to the rest and counts events that were never told or told twice.
func (p *person) overheard(ctx context.Context, lines []rig.Line) (missed, twice int) {
	if len(lines) == 0 {
		return 0, 0
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if end := lines[len(lines)-1].Seq; p.last < end {
		_ = p.Listen(ctx, p.last, func(e rig.Event) bool {
			if e.ID > 0 {
				p.heard = append(p.heard, e.ID)
			}
			return e.ID < end
		})
	}
	slices.Sort(p.heard)
	for i := 1; i < len(p.heard); i++ {
		switch step := p.heard[i] - p.heard[i-1]; {
		case step == 0:
			twice++
		case step > 1:
			missed += int(step) - 1
		}
	}
	return missed, twice
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
