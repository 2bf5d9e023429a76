package knowledge

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed demo
var demoFiles embed.FS

// Demo returns the articles of the demo shop, Qinghe Select (青禾优选): what it tells its customers, in Chinese and
// English, and what only its staff may read.
func Demo() []Upload {
	files, err := demoFiles.ReadDir("demo")
	if err != nil {
		panic(fmt.Sprintf("the demo's articles are part of the binary: %v", err))
	}
	uploads := make([]Upload, 0, len(files))
	for _, f := range files {
		body, err := demoFiles.ReadFile("demo/" + f.Name())
		if err != nil {
			panic(fmt.Sprintf("the demo's articles are part of the binary: %v", err))
		}
		u := Upload{Name: f.Name(), Body: body, Audience: Public, By: "demo"}
		if strings.HasPrefix(f.Name(), "staff-") {
			u.Audience = Staff
		}
		if f.Name() == "faq.csv" {
			u.Title = "常见问题"
		}
		uploads = append(uploads, u)
	}
	return uploads
}
