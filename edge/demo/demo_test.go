package demo_test

import (
	"regexp"
	"strings"
	"testing"

	"keliu/edge/demo"
)

var reference = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

// pages are the ways between the pages, which the edge serves by itself.
var pages = map[string]bool{"/": true, "/demo": true, "/widget.js": true, "/openapi.json": true, "/metrics": true, "/readyz": true}

func TestPagesNameOnlyWhatIsServed(t *testing.T) {
	for name, page := range map[string][]byte{"shop": demo.Shop()} {
		found := reference.FindAllSubmatch(page, -1)
		if len(found) == 0 {
			t.Errorf("%s refers to nothing", name)
		}
		for _, match := range found {
			to := string(match[1])
			asset, isAsset := strings.CutPrefix(to, "/demo/")
			switch {
			case isAsset:
				if body, _, ok := demo.Asset(asset); !ok || len(body) == 0 {
					t.Errorf("%s refers to %s, which is not there", name, to)
				}
			case strings.HasPrefix(to, "#"):
				if id := `id="` + to[1:] + `"`; !strings.Contains(string(page), id) {
					t.Errorf("%s refers to %s, but has no %s", name, to, id)
				}
			case to != "data:," && !pages[to]:
				t.Errorf("%s refers to %s, outside of the product", name, to)
			}
		}
	}
}

func TestShopCarriesTheWidget(t *testing.T) {
	if !strings.Contains(string(demo.Shop()), `<script src="/widget.js" async`) {
		t.Error("the shop does not load the widget")
	}
}

// A strict content policy forbids scripts and styles inside a page.
func TestPagesKeepAStrictContentPolicy(t *testing.T) {
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script>|javascript:`)
	for name, page := range map[string][]byte{"shop": demo.Shop()} {
		if found := inline.Find(page); found != nil {
			t.Errorf("%s has %q", name, found)
		}
	}
}

func TestShopSpeaksBothLanguagesThroughout(t *testing.T) {
	page := string(demo.Shop())
	zh, en := strings.Count(page, `<span lang="zh-CN">`), strings.Count(page, `<span lang="en">`)
	if zh == 0 || zh != en {
		t.Errorf("%d Chinese and %d English texts", zh, en)
	}
}

func TestAssetRefusesWhatIsNone(t *testing.T) {
	for _, name := range []string{"", "shop.html", "demo.go", "../demo/shop.css", "missing.css", ".css"} {
		if _, _, ok := demo.Asset(name); ok {
			t.Errorf("%q was served", name)
		}
	}
	body, mediaType, ok := demo.Asset("shop.css")
	if !ok || !strings.HasPrefix(mediaType, "text/css") || !strings.Contains(string(body), ":root") {
		t.Errorf("shop.css: ok %v, type %q, %d bytes", ok, mediaType, len(body))
	}
}
