package documents

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
)

const (
	pdfTime  = 30 * time.Second // that one file may take
	pdfIdle  = 2 * time.Minute  // without work, after which the engine gives its memory back
	pdfPages = 2_000            // a file with more is refused
	pdfStall = 60 * time.Second // to wait for the engine while it reads another file
)

// An engine reads PDF with PDFium in WebAssembly: no files, no network, bounded memory. Compiling it takes about a
// second, so it starts with the first file and stops when idle.
type engine struct {
	mu   sync.Mutex // held while a file is read: one at a time
	pool pdfium.Pool
	idle *time.Timer
}

func (e *engine) read(ctx context.Context, body []byte) (Document, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.start(); err != nil {
		return Document{}, err
	}
	defer e.rest()
	instance, err := e.pool.GetInstance(pdfStall)
	if err != nil {
		return Document{}, fmt.Errorf("pdf: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	type result struct {
		doc Document
		err error
	}
	done := make(chan result, 1)
	go func() {
		doc, err := pages(limited, instance, body)
		done <- result{doc, err}
	}()
	select {
	case r := <-done:
		if err := instance.Close(); err != nil {
			return Document{}, errors.Join(r.err, err)
		}
		return r.doc, r.err
	case <-limited.Done():
		err := instance.Kill() // stops the code it runs, so pages returns
		<-done
		if ctx.Err() != nil {
			return Document{}, errors.Join(ctx.Err(), err)
		}
		return Document{}, errors.Join(refuse("upload_bomb"), err)
	}
}

// start makes sure that the engine runs. The caller holds mu.
func (e *engine) start() error {
	if e.idle != nil {
		e.idle.Stop()
	}
	if e.pool != nil {
		return nil
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal:      1,
		FSConfig:      wazero.NewFSConfig(), // no folder of this machine
		RuntimeConfig: wazero.NewRuntimeConfig().WithCloseOnContextDone(true).WithMemoryLimitPages(4096),
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
func (e *engine) rest() {
	e.idle = time.AfterFunc(pdfIdle, func() {
		// A pool that does not close holds memory and nothing else; the next file starts a new one.
		_ = e.close()
	})
}

func (e *engine) close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.idle != nil {
		e.idle.Stop()
	}
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	e.pool = nil
	return err
}

// pages reads the text of every page.
func pages(ctx context.Context, instance pdfium.Pdfium, body []byte) (Document, error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &body})
	if errors.Is(err, pdferrors.ErrPassword) || errors.Is(err, pdferrors.ErrSecurity) {
		return Document{}, refuse("upload_encrypted")
	}
	if err != nil {
		return Document{}, err
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return Document{}, err
	}
	if count.PageCount > pdfPages {
		return Document{}, refuse("upload_too_large", MaxText>>20)
	}
	var text strings.Builder
	for i := range count.PageCount {
		said, err := pageText(instance, opened.Document, i)
		if err != nil {
			return Document{}, fmt.Errorf("page %d: %w", i+1, err)
		}
		if text.WriteString(said + "\n"); text.Len() > MaxText {
			return Document{}, refuse("upload_too_large", MaxText>>20)
		}
		if ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
	}
	return readText(unwrap(text.String())), nil
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

// unwrap joins lines that a page broke in the middle of a sentence: long ones that do not end like one.
func unwrap(text string) string {
	var out strings.Builder
	var held []rune // the line before
	for line := range strings.Lines(text) {
		runes := []rune(strings.TrimSpace(line))
		if len(held) > 0 {
			out.WriteString(string(held))
			switch last := held[len(held)-1]; {
			case len(runes) == 0 || len(held) < 30 || strings.ContainsRune("。！？；：.!?;:", last) || numbered.MatchString(string(runes)):
				out.WriteByte('\n')
			case last < 0x2E80:
				out.WriteByte(' ')
			}
		}
		held = runes
	}
	out.WriteString(string(held))
	return out.String()
}
