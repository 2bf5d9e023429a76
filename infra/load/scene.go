package main

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"keliu/infra/load/person"
	"keliu/infra/rig"
)

// questions are what the customers ask: the knowledge of the demo shop holds the answers.
var questions = []string{"退货的运费谁出", "付款以后多久发货", "怎么开电子发票", "满多少包邮", "退款多久能到账", "保修期是多久"}

// A scene is a product with customers, each of whom has a line to it and one to the reference.
type scene struct {
	product      *rig.Product
	customers    []*rig.Customer
	ours, theirs []*person.Line
	ears         map[*person.Line]*person.Ear
}

// set starts a product on a folder of its own and lets customers in. close must follow.
func (b *bench) set(ctx context.Context, name string, n int) (s *scene, err error) {
	s = &scene{ears: map[*person.Line]*person.Ear{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	port, err := rig.Port()
	if err != nil {
		return s, err
	}
	// What is measured is the product, not its patience with a single customer.
	s.product, err = rig.Start(ctx, b.binary, filepath.Join(b.dir, name), port, "KELIU_WEB_RATE=1000000")
	if err != nil {
		return s, err
	}
	if s.customers, err = enter(ctx, s.product, n); err != nil {
		return s, err
	}
	for i, c := range s.customers {
		ours, err := person.Dial(host(s.product), c.Token, questions[i%len(questions)])
		if err != nil {
			return s, err
		}
		s.ours = append(s.ours, ours)
		theirs, err := person.Dial(b.peer.Address, c.Token, questions[i%len(questions)])
		if err != nil {
			return s, err
		}
		s.theirs = append(s.theirs, theirs)
	}
	return s, nil
}

// listen opens the stream of events of every customer.
func (s *scene) listen() (err error) {
	for i, l := range s.ours {
		if s.ears[l], err = person.Listen(host(s.product), s.customers[i].Token); err != nil {
			return err
		}
	}
	return nil
}

// answered says a message on one of our lines and waits for its reply.
func (s *scene) answered(l *person.Line) error {
	if err := l.Say(); err != nil {
		return err
	}
	return s.ears[l].Reply()
}

// close ends the product at once: what it has still to do is of no interest.
func (s *scene) close() error {
	for _, l := range append(s.ours, s.theirs...) {
		_ = l.Close() // there is nothing left to say
		if e := s.ears[l]; e != nil {
			_ = e.Close()
		}
	}
	if s.product == nil {
		return nil
	}
	return s.product.Kill()
}

// paused runs something while the product stands still, so that the work it still has does not slow the reference.
func (s *scene) paused(do func() (float64, error)) (rate float64, err error) {
	if err := s.product.Process.Signal(syscall.SIGSTOP); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.product.Process.Signal(syscall.SIGCONT)) }()
	return do()
}

// enter opens sessions of as many customers.
func enter(ctx context.Context, p *rig.Product, n int) ([]*rig.Customer, error) {
	customers := make([]*rig.Customer, n)
	failed := make([]error, n)
	var all sync.WaitGroup
	turns := make(chan struct{}, 16)
	for i := range customers {
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			customers[i], failed[i] = rig.Enter(ctx, p.URL, map[string]string{"visitor": "load-" + strconv.Itoa(i)})
		})
	}
	all.Wait()
	return customers, errors.Join(failed...)
}

// host is the address of a product without its scheme.
func host(p *rig.Product) string { return strings.TrimPrefix(p.URL, "http://") }
