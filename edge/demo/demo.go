// Package demo holds the page that shows the product: the shop of Qinghe Select (青禾优选), which carries the widget.
package demo

import (
	"embed"
	"mime"
	"path"
)

//go:embed shop.html
var shop []byte

//go:embed *.css *.js
var assets embed.FS

// Shop returns the page of the demo shop, to be served as /demo.
func Shop() []byte { return shop }

// Asset returns a style sheet or script of the page, to be served as /demo/NAME, with its media type.
func Asset(name string) (body []byte, mediaType string, ok bool) {
	body, err := assets.ReadFile(name)
	return body, mime.TypeByExtension(path.Ext(name)), err == nil
}
