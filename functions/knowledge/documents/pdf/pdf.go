// Package pdf reads the text of PDF files with PDFium in WebAssembly: no files of this machine, no network, bounded memory
// and time.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"keliu/streams/desk"
)

const (
	atMost   = 30 * time.Second // that one file may take
	idle     = 2 * time.Minute  // without work, after which the engine gives its memory back
	maxPages = 2_000            // a file with more is refused
	memory   = 4096             // pages of 64 KB
)

// An Engine reads PDF. Compiling it takes about a second, so it starts with the first file and stops when idle. The zero
// value is ready.
type Engine struct {
	mu   sync.Mutex // held while a file is read: one at a time
	pool pdfium.Pool
	stop *time.Timer // ends the engine when it fires
}

// Text returns the text of a file, page by page, at most limit bytes of it; a file that has more is refused.
func (e *Engine) Text(ctx context.Context, body []byte, limit int) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.start(); err != nil {
		return "", err
	}
	defer e.rest()
	instance, err := e.pool.GetInstance(atMost)
	if err != nil {
		return "", fmt.Errorf("pdf: %w", err)
	}
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := pages(ctx, instance, body, limit)
		done <- result{text, err}
	}()
	enough := time.NewTimer(atMost)
	defer enough.Stop()
	select {
	case r := <-done:
		return r.text, errors.Join(r.err, instance.Close())
	case <-enough.C:
		err := instance.Kill() // stops the code it runs, so that pages returns
		<-done
		return "", errors.Join(refuse("upload_bomb"), err)
	}
}

// start makes sure that the engine runs. The caller holds mu.
func (e *Engine) start() error {
	if e.stop != nil {
		e.stop.Stop()
	}
	if e.pool != nil {
		return nil
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal:      1,
		FSConfig:      wazero.NewFSConfig(), // no folder of this machine
		RuntimeConfig: wazero.NewRuntimeConfig().WithCloseOnContextDone(true).WithMemoryLimitPages(memory),
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return fmt.Errorf("start pdf engine: %w", err)
	}
	e.pool = pool
	return nil
}

// rest lets the engine stop after a while without work. The caller holds mu.
func (e *Engine) rest() {
	e.stop = time.AfterFunc(idle, func() {
		// A pool that does not close holds memory and nothing else; the next file starts a new one.
		_ = e.Close()
	})
}

// Close stops the engine, if it runs. It starts again with the next file.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stop != nil {
		e.stop.Stop()
	}
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	e.pool = nil
	return err
}

// pages reads the text of every page. It looks at ctx between pages.
func pages(ctx context.Context, instance pdfium.Pdfium, body []byte, limit int) (string, error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &body})
	if errors.Is(err, pdferrors.ErrPassword) || errors.Is(err, pdferrors.ErrSecurity) {
		return "", refuse("upload_encrypted")
	}
	if err != nil {
		return "", err
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return "", err
	}
	if count.PageCount > maxPages {
		return "", refuse("upload_too_large", limit>>20)
	}
	var text strings.Builder
	for i := range count.PageCount {
		said, err := pageText(instance, opened.Document, i)
		if err != nil {
			return "", fmt.Errorf("page %d: %w", i+1, err)
		}
		if text.WriteString(said + "\n"); text.Len() > limit {
			return "", refuse("upload_too_large", limit>>20)
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
	}
	return text.String(), nil
}

func pageText(instance pdfium.Pdfium, doc references.FPDF_DOCUMENT, page int) (string, error) {
	said, err := instance.GetPageText(&requests.GetPageText{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: page}},
	})
	if err != nil {
		return "", err
	}
	return said.Text, nil
}

func refuse(code string, args ...any) error { return desk.Refuse(desk.ErrInvalid, code, args...) }
