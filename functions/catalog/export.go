package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"keliu/functions/migrate"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
	"keliu/streams/embedded/disk"
)

// Export writes everything the company owns to the folder out and returns how many files there are; see migrate.Export.
// Nothing is served meanwhile. A data folder that a product runs on is desk.ErrUnavailable, one that none ever ran on is
// desk.ErrNotFound and stays as it is.
func Export(ctx context.Context, c Config, out string, progress func(file string, rows int64)) (files int64, err error) {
	data, out, err := places(c.Dir, out)
	if err != nil {
		return 0, err
	}
	h := &House{Config: c, outside: Outside{Log: slog.New(slog.DiscardHandler), Now: time.Now}}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := h.openBackends(ctx); errors.Is(err, disk.ErrLocked) {
		return 0, fmt.Errorf("the data folder %s is in use; stop keliu and export then: %w", data, desk.ErrUnavailable)
	} else if err != nil {
		return 0, err
	}
	trail, err := audit.Open(filepath.Join(data, "audit"), audit.Options{})
	if err != nil {
		return 0, fmt.Errorf("audit trail: %w", err)
	}
	h.onClose(trail.Close)
	rules, err := policies.Open(ctx, policies.Options{Streams: h.Streams})
	if err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(data)
	if err != nil {
		return 0, err
	}
	h.onClose(root.Close)
	measured, ok := h.Meter.(migrate.Meter)
	if !ok {
		return 0, fmt.Errorf("KELIU_METRICS=%q keeps its figures where they are and cannot be exported: %w", c.Metrics, desk.ErrInvalid)
	}
	export := migrate.Export{
		Store: h.Store, Meter: measured, Rules: rules, Trail: trail, Files: root.FS(), Now: time.Now, Progress: progress,
	}
	return export.Write(ctx, out)
}

// places are the folders that an export leads from and to, in full.
func places(dir, out string) (data, to string, err error) {
	if data, err = filepath.Abs(dir); err != nil {
		return "", "", err
	}
	if to, err = filepath.Abs(out); err != nil {
		return "", "", err
	}
	_, err = os.Stat(filepath.Join(data, "audit", "trail.jsonl"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", "", fmt.Errorf("%s is no data folder of keliu: %w", data, desk.ErrNotFound)
	case err != nil:
		return "", "", err
	case strings.HasPrefix(to+string(filepath.Separator), data+string(filepath.Separator)):
		return "", "", fmt.Errorf("%s is within the data folder; export to a place outside it: %w", to, desk.ErrInvalid)
	}
	return data, to, nil
}
