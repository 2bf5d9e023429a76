// Package widget carries the customer's chat widget, one script that any page can load. Its sources are the
// TypeScript beside this file; `npm ci && npm run build` here makes the script, which the binary then embeds.
package widget

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt says that the script was not there when the binary was compiled, and how to get it.
var ErrNotBuilt = errors.New("the widget is not built: run `npm ci && npm run build` in edge/widget, then build the binary again")

// Advice returns a script that takes the widget's place until it is built: it says on the page how to build it.
func Advice() []byte {
	return fmt.Appendf(nil, `(() => {
  const say = () => {
    const note = document.createElement("p");
    note.textContent = %q;
    note.setAttribute("role", "alert");
    Object.assign(note.style, {
      position: "fixed", right: "16px", bottom: "16px", zIndex: "2147483647", maxWidth: "24rem", margin: "0", padding: "12px 16px",
      font: "14px/1.5 system-ui, sans-serif", color: "#664d03", background: "#fff3cd", border: "1px solid #ffda6a", borderRadius: "8px",
    });
    document.body.append(note);
  };
  document.body ? say() : addEventListener("DOMContentLoaded", say);
})();
`, ErrNotBuilt.Error())
}

// Script returns the script, to be served as /widget.js, and its strong ETag.
func Script() (script []byte, etag string, err error) { return load(dist) }

// Packed returns the script gzipped, for browsers that accept it, and the strong ETag of that form. It packs on
// every call, so whoever serves it keeps what it returns.
func Packed() (packed []byte, etag string, err error) { return pack(dist) }

func load(from fs.FS) (script []byte, etag string, err error) {
	script, err = fs.ReadFile(from, "dist/widget.js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", ErrNotBuilt
	}
	if err != nil {
		return nil, "", err
	}
	return script, tag(script), nil
}

func pack(from fs.FS) (packed []byte, etag string, err error) {
	script, _, err := load(from)
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, "", err
	}
	if _, err := w.Write(script); err != nil {
		return nil, "", err
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return out.Bytes(), tag(out.Bytes()), nil
}

func tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}
