// Package demo holds the pages that show the product: the shop of Qinghe Select (青禾优选), which carries the
// widget, and the page that says what runs here.
package demo

import (
	"embed"
	"mime"
	"path"
)

//go:embed shop.html
var shop []byte

//go:embed home.html
var home []byte

//go:embed *.css *.js
var assets embed.FS

// Shop returns the page of the demo shop, to be served as /demo.
func Shop() []byte { return shop }

// Home returns the page that says what runs here, to be served as / until the console is there.
func Home() []byte { return home }

// Asset returns a style sheet or script of the pages, to be served as /demo/NAME, with its media type.
func Asset(name string) (body []byte, mediaType string, ok bool) {
	body, err := assets.ReadFile(name)
	return body, mime.TypeByExtension(path.Ext(name)), err == nil
}
