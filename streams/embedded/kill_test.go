package embedded_test

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"keliu/streams"
	"keliu/streams/embedded"
)

var (
	killDir   = flag.String("kill.dir", "", "makes TestKill publish to a log in this folder until it is killed")
	killRound = flag.Int("kill.round", 0, "begins the IDs of what it publishes")
)

// TestKill kills a process that publishes and looks for what it had acknowledged.
func TestKill(t *testing.T) {
	if *killDir != "" {
		publishForEver(t)
	}
	dir := t.TempDir()
	chance := rand.New(rand.NewPCG(1, 4))
	acknowledged := map[string]bool{}
	for round := range 5 {
		victim := exec.Command(os.Args[0], "-test.run=^TestKill$", "-kill.dir="+dir, fmt.Sprint("-kill.round=", round))
		out, err := victim.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := victim.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := chance.IntN(2000); lines.Scan(); n-- {
			if id, ok := strings.CutPrefix(lines.Text(), "acknowledged "); ok {
				acknowledged[id] = true
			}
			if n == 0 {
				if err := victim.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = victim.Wait() // was killed
		log := open(t, dir, embedded.Options{})
		found := map[string]int{}
		for _, id := range read(t, log) {
			found[id]++
			if found[id] > 1 {
				t.Errorf("round %d: %s is there twice", round, id)
			}
		}
		for id := range acknowledged {
			if found[id] == 0 {
				t.Errorf("round %d: %s was acknowledged and is lost", round, id)
			}
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) == 0 {
		t.Error("nothing was acknowledged at all")
	}
}

// publishForEver says on standard output what was acknowledged, until the process is killed.
func publishForEver(t *testing.T) {
	log := open(t, *killDir, embedded.Options{SegmentBytes: 64 << 10})
	var mu sync.Mutex
	var all sync.WaitGroup
	for p := range 8 {
		all.Go(func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d/%d/%d", *killRound, p, i)
				publish(t, log, streams.Record{ID: id, Key: fmt.Sprint(p), Body: make([]byte, 100)})
				mu.Lock()
				fmt.Println("acknowledged", id)
				mu.Unlock()
			}
		})
	}
	all.Wait()
}
