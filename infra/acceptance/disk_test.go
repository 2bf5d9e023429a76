package acceptance_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/google/go-cmp/cmp"

	"keliu/infra/rig"
	"keliu/streams"
)

// disk mounts a disk of so many megabytes.
func (b built) disk(megabytes int) string {
	b.Helper()
	dir := b.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", megabytes), "tmpfs", dir).CombinedOutput(); err != nil {
		b.Skipf("a small disk needs the right to mount one: %v: %s", err, bytes.TrimSpace(out))
	}
	b.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			b.Errorf("umount: %v: %s", err, out)
		}
	})
	return dir
}

// fill takes all that is left of a disk; the function it returns gives it back.
func (b built) fill(dir string) (empty func()) {
	b.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{1 << 20, 1 << 12} {
		for block := make([]byte, size); err == nil; _, err = f.Write(block) {
		}
		if !errors.Is(err, syscall.ENOSPC) {
			b.Fatal(err)
		}
		err = nil
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil {
			b.Error(err)
		}
	}
}

// Without a disk to write to nothing begins, and the program says what is wrong.
func noDisk(b built) {
	file := filepath.Join(b.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		b.refuses(b.run("", []string{"KELIU_DATA=" + dir, "KELIU_LISTEN=127.0.0.1:0"}), 1, file, "not a directory")
	}
	disk := b.disk(1)
	defer b.fill(disk)()
	b.refuses(b.run("", []string{"KELIU_DATA=" + disk, "KELIU_LISTEN=127.0.0.1:0"}), 1, disk, "no space")
	if out, err := exec.Command("mount", "-o", "remount,ro", disk).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	b.refuses(b.run("", []string{"KELIU_DATA=" + disk, "KELIU_LISTEN=127.0.0.1:0"}), 1, disk, "read-only")
	if out, err := exec.Command("mount", "-o", "remount,rw", disk).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
}

// While the disk is full nothing is taken and all that was said can be read; when there is room again it goes on, and what
// was taken has been answered once.
func fullDisk(b built) {
	disk := b.disk(64)
	h := b.start(filepath.Join(disk, "data"), "KELIU_WEB_RATE=1000")
	quiet := h.enter(nil)
	quiet.ask("你好")
	before := quiet.history()
	admin := h.staff("admin")
	articles := h.articles(admin)

	crowd := newCrowd(h, 6)
	crowd.speak()
	b.Cleanup(crowd.hush)
	h.eventually("the crowd is served", func() bool { return crowd.taken.Load() > 50 })
	empty := b.fill(disk)
	h.eventually("all of the crowd are refused", func() bool { return crowd.refusedAll(3) })

	for name, c := range map[string]request{
		"message": {http.MethodPost, "/api/v1/web/messages", as(quiet.Token), `{"text":"` + strings.Repeat("可以退货吗？", 300) + `"}`},
		"picture": {http.MethodPost, "/api/v1/web/pictures", as(quiet.Token), picture},
		"article": form(b.T, admin.Token, "return.md", []byte("# 退货\n\n三天内可以退货。"+strings.Repeat("很长。", 20_000))),
	} {
		if got := h.refusedIn(c); got != "503 unavailable" {
			b.Errorf("%s on a full disk: %s", name, got)
		}
	}
	quiet.same(before)
	if got := h.articles(admin); got != articles {
		b.Errorf("the articles were %s and are %s", articles, got)
	}
	if a := h.call(request{http.MethodGet, "/healthz", nil, ""}); a.status != http.StatusOK {
		b.Errorf("the process is alive and says %d %s", a.status, a.body)
	}
	if got := h.refusedIn(request{http.MethodGet, "/readyz", nil, ""}); got != "503 unavailable" {
		b.Errorf("it says that customers can be served: %s", got)
	}
	if figures := h.figures(); !strings.Contains(figures, `keliu_http_requests_total{route="/api/v1/web/messages",status="503"}`) {
		b.Error("the figures tell of no refusal")
	}

	empty()
	h.eventually("customers can be served again", func() bool { return h.call(request{http.MethodGet, "/readyz", nil, ""}).status == http.StatusOK })
	taken := crowd.taken.Load()
	h.eventually("the crowd is served again", func() bool { return crowd.taken.Load() > taken+50 })
	crowd.hush()
	crowd.check()
	quiet.once("你好")

	h.stop()
	h = b.start(h.dir, "KELIU_WEB_RATE=1000")
	crowd.move(h)
	crowd.check()
}

// While only the store has no room, messages are taken all the same, and answered, once each, when there is room again.
func fullStore(b built) {
	disk := b.disk(24)
	h := b.start(b.TempDir(), "KELIU_WEB_RATE=1000", "KELIU_STORE=sqlite:"+filepath.Join(disk, "keliu.db"))
	g := h.enter(nil)
	g.ask("你好")
	empty := b.fill(disk)
	newcomer := request{http.MethodPost, "/api/v1/web/sessions", nil, "{}"}
	h.eventually("nobody new can be served", func() bool { return h.call(newcomer).status == http.StatusServiceUnavailable })
	if got := h.refusedIn(newcomer); got != "503 unavailable" {
		b.Error(got)
	}
	var ids []string
	for _, text := range []string{"可以退货吗", "多久发货", "转人工"} {
		l, err := g.Say(b.Context(), text, "")
		if err != nil {
			b.Fatal(err)
		}
		ids = append(ids, l.ID)
	}
	h.eventually("the house has tried to answer", func() bool {
		return strings.Contains(h.figures(), `keliu_stream_parked{subscription="dialog",topic="desk.inbound"} 3`)
	})
	if all := g.history(); len(all) != 2 {
		b.Errorf("half done: %+v", all)
	}
	empty()
	var answered []string
	g.hear(func(e rig.Event) bool {
		var l rig.Line
		if decode(b.T, e.Data, &l); e.Name == "reply" {
			answered = append(answered, strings.TrimSuffix(l.ID, "_r"))
		}
		return len(answered) < len(ids)
	})
	if diff := cmp.Diff(ids, answered); diff != "" {
		b.Error(diff)
	}
	g.once("可以退货吗")
	if dead, err := filepath.Glob(filepath.Join(h.dir, "streams", "*"+streams.DeadSuffix+"*")); len(dead) > 0 || err != nil {
		b.Errorf("there are dead letters: %v (%v)", dead, err)
	}
}

// figures are what monitoring reads.
func (h *house) figures() string {
	h.Helper()
	return string(h.call(request{http.MethodGet, "/metrics", nil, ""}).body)
}

// picture is a whole PNG of one pixel.
const picture = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\xdac\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"

// articles is the list of them, as it is told.
func (h *house) articles(who *rig.Customer) string {
	h.Helper()
	a := h.call(request{http.MethodGet, "/api/v1/knowledge/articles", as(who.Token), ""})
	if a.status != http.StatusOK {
		h.Errorf("the articles: %d %s", a.status, a.body)
	}
	return string(a.body)
}

// same checks that a guest's history is what it was.
func (g *guest) same(before []rig.Line) {
	g.house.Helper()
	now := g.history()
	if len(now) != len(before) || now[len(now)-1].ID != before[len(before)-1].ID {
		g.house.Errorf("the history was %+v and is %+v", before, now)
	}
}

// A crowd are guests who go on speaking, and say again what was not taken.
type crowd struct {
	taken  atomic.Int64
	guests []*speaker
	quiet  chan struct{}
	end    sync.Once
	all    sync.WaitGroup
}

type speaker struct {
	*guest
	texts   []string // that were taken
	refused atomic.Int64
}

func newCrowd(h *house, size int) *crowd {
	c := &crowd{quiet: make(chan struct{})}
	for range size {
		c.guests = append(c.guests, &speaker{guest: h.enter(nil)})
	}
	return c
}

func (c *crowd) speak() {
	for _, s := range c.guests {
		c.all.Go(func() {
			for n := 0; ; {
				select {
				case <-c.quiet:
					return
				default:
				}
				text := fmt.Sprintf("第%d个问题：多久发货", n)
				_, err := s.Say(s.house.Context(), text, fmt.Sprint("k", n))
				var r *rig.Refusal
				switch {
				case err == nil:
					s.texts = append(s.texts, text)
					c.taken.Add(1)
					n++
				case errors.As(err, &r) && r.Status == http.StatusServiceUnavailable && r.RetryAfter != "" && r.Message != "":
					s.refused.Add(1)
				default:
					s.house.Errorf("%s: %v", text, err)
					return
				}
			}
		})
	}
}

// hush ends it.
func (c *crowd) hush() {
	c.end.Do(func() { close(c.quiet) })
	c.all.Wait()
}

func (c *crowd) refusedAll(times int64) bool {
	for _, s := range c.guests {
		if s.refused.Load() < times {
			return false
		}
	}
	return true
}

// move goes on at another start of the product.
func (c *crowd) move(h *house) {
	for _, s := range c.guests {
		s.house, s.URL = h, h.url
	}
}

// check sees to it that all that was taken is there once, in order, with one answer each.
func (c *crowd) check() {
	for _, s := range c.guests {
		s.house.Helper()
		s.ask("谢谢，再见") // when this is answered, so is all before
		var texts []string
		answers := map[string]int{}
		for _, l := range s.history() {
			if l.By == "customer" {
				texts = append(texts, l.Text)
			} else if id, found := strings.CutSuffix(l.ID, "_r"); found {
				answers[id]++
			}
		}
		said := strings.Join(texts[:min(len(texts), len(s.texts))], "\n")
		if want := strings.Join(s.texts, "\n"); said != want {
			s.house.Errorf("taken was\n%s\nand there is\n%s", want, said)
		}
		if len(answers) != len(texts) {
			s.house.Errorf("%d messages have %d answers", len(texts), len(answers))
		}
		for id, n := range answers {
			if n != 1 {
				s.house.Errorf("%s is answered %d times", id, n)
			}
		}
	}
}
