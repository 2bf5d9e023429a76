// Package widget carries the customer's chat widget, one script that any page can load. Its sources are the
// TypeScript beside this file; `npm ci && npm run build` here makes the script, which the binary then embeds.
package widget

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt says that the script was not there when the binary was compiled, and how to get it.
var ErrNotBuilt = errors.New("the widget is not built: run `npm ci && npm run build` in edge/widget, then build the binary again")

// Script returns the script, to be served as /widget.js, and its strong ETag.
func Script() (script []byte, etag string, err error) { return load(dist) }

func load(from fs.FS) (script []byte, etag string, err error) {
	script, err = fs.ReadFile(from, "dist/widget.js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", ErrNotBuilt
	}
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(script)
	return script, `"` + hex.EncodeToString(sum[:12]) + `"`, nil
}
