package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"keliu/functions/store"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/embedded"
)

// A server is a PostgreSQL server that a test may do anything to. It is reached through a line that loses answers on demand.
type server struct {
	programs, dir, socket string
	as                    *syscall.SysProcAttr // whom it runs as: it refuses to run as root
	process               *exec.Cmd
	line                  net.Listener
	deaf                  atomic.Bool // answers are lost
	mu                    sync.Mutex
	ends                  map[net.Conn]bool // of the line
}

// serve sets up a server and starts it.
func serve(t *testing.T) *server {
	t.Helper()
	if os.Getenv("KELIU_TEST_POSTGRES") == "" {
		t.Skip("KELIU_TEST_POSTGRES names no server: these tests run one of their own, where there is PostgreSQL")
	}
	all, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if found, wrong := exec.LookPath("initdb"); wrong == nil {
		all = append([]string{filepath.Dir(found)}, all...)
	}
	if err != nil || len(all) == 0 {
		t.Skip("no program postgres, of which these tests run one of their own")
	}
	dir, err := os.MkdirTemp("", "pg") // short: a socket's path has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &server{programs: all[len(all)-1], dir: filepath.Join(dir, "data"), socket: dir, as: &syscall.SysProcAttr{}, ends: map[net.Conn]bool{}}
	if os.Getuid() == 0 {
		s.as.Credential = s.somebody(t, dir)
	}
	if out, err := s.program("initdb", "-D", s.dir, "-A", "trust", "-U", "keliu", "-E", "UTF8", "--no-locale").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	s.start(t)
	t.Cleanup(func() { s.crash(t) })
	if s.line, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.line.Close() })
	go s.connect()
	return s
}

// somebody gives a folder to the user of PostgreSQL's packages.
func (s *server) somebody(t *testing.T, dir string) *syscall.Credential {
	t.Helper()
	u, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		t.Fatal(err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func (s *server) program(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.programs, name), args...)
	c.SysProcAttr, c.Dir = s.as, s.socket
	return c
}

// start starts the server and waits until it answers.
func (s *server) start(t *testing.T) {
	t.Helper()
	s.process = s.program("postgres", "-D", s.dir, "-c", "listen_addresses=", "-c", "unix_socket_directories="+s.socket, "-p", "5432")
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	wait(t, "the server answers", func() bool {
		return s.program("pg_isready", "-q", "-h", s.socket).Run() == nil
	})
}

// crash ends the server at once: what is not on its disk is lost.
func (s *server) crash(t *testing.T) {
	if err := s.process.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Error(err)
	}
	var exit *exec.ExitError
	if err := s.process.Wait(); err != nil && !errors.As(err, &exit) {
		t.Error(err)
	}
}

// freeze stops all processes of the server until thaw is called.
func (s *server) freeze(t *testing.T) (thaw func()) {
	t.Helper()
	pid := s.process.Process.Pid
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		t.Fatal(err)
	}
	frozen := []int{pid} // before its children: it makes no more
	for _, child := range strings.Fields(string(text)) {
		id, err := strconv.Atoi(child)
		if err != nil {
			t.Fatal(err)
		}
		frozen = append(frozen, id)
	}
	all := func(signal syscall.Signal) {
		for _, id := range frozen {
			if err := syscall.Kill(id, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
				t.Error(err)
			}
		}
	}
	all(syscall.SIGSTOP)
	return func() { all(syscall.SIGCONT) }
}

// connect joins whoever comes to the server.
func (s *server) connect() {
	for {
		client, err := s.line.Accept()
		if err != nil {
			return // the test has ended
		}
		backend, err := net.Dial("unix", filepath.Join(s.socket, ".s.PGSQL.5432"))
		if err != nil {
			client.Close()
			continue
		}
		s.mu.Lock()
		s.ends[client], s.ends[backend] = true, true
		s.mu.Unlock()
		go s.carry(backend, client, false)
		go s.carry(client, backend, true)
	}
}

// carry copies what one end says to the other, unless answers are lost.
func (s *server) carry(to, from net.Conn, answers bool) {
	defer to.Close()
	defer from.Close()
	defer func() { s.mu.Lock(); delete(s.ends, from); s.mu.Unlock() }()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if answers && s.deaf.Load() {
			continue
		}
		if _, err := to.Write(buffer[:n]); err != nil && !errors.Is(err, io.EOF) {
			return
		}
	}
}

// lose loses the answers of a moment, and then the connections.
func (s *server) lose() {
	s.deaf.Store(true)
	time.Sleep(time.Duration(1+rand.IntN(5)) * time.Millisecond) // for some questions to be asked
	s.mu.Lock()
	for end := range s.ends {
		end.Close()
	}
	s.mu.Unlock()
	s.deaf.Store(false)
}

func (s *server) address() string {
	return fmt.Sprintf("postgres://keliu@%s/postgres?sslmode=disable", s.line.Addr())
}

// A shop accepts what customers say into a log and handles it, on a store.
type shop struct {
	store *store.Store
	log   *embedded.Log
	told  *heard
	sent  []int64 // by conversation
	stop  func()
}

const customers = 12

func openShop(t *testing.T, address string) *shop {
	t.Helper()
	log, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{store: processes(t, address, 1)[0], log: log, told: &heard{byKey: map[string][]string{}}, sent: make([]int64, customers)}
	stop := relay(t, s.told, s.store)
	ctx, cancel := context.WithCancel(t.Context())
	var serving sync.WaitGroup
	serving.Go(func() {
		err := log.Subscribe(ctx, "in", "shop", func(ctx context.Context, r streams.Record) error {
			seq, err := strconv.ParseInt(string(r.Body), 10, 64)
			if err != nil {
				return err
			}
			if err := s.store.Commit(ctx, said(r.Key, seq, told(r.Key, seq))); !errors.Is(err, store.ErrDone) {
				return err
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	s.stop = func() {
		cancel()
		serving.Wait()
		stop()
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	}
	return s
}

// accept takes one message of every customer. It returns when all are durable in the log.
func (s *shop) accept(t *testing.T) {
	t.Helper()
	for c := range s.sent {
		key := fmt.Sprint("c", c)
		r := streams.Record{ID: fmt.Sprintf("%s-%d", key, s.sent[c]+1), Key: key, Body: []byte(strconv.FormatInt(s.sent[c], 10))}
		if err := s.log.Publish(t.Context(), "in", r); err != nil {
			t.Fatal(err)
		}
		s.sent[c]++
	}
}

// check waits until everything that was accepted has had its effect, and checks that it had it once and in order.
func (s *shop) check(t *testing.T) {
	t.Helper()
	checkTold(t, s.told, customers, int(s.sent[0]))
	for c, sent := range s.sent {
		entries, err := s.store.After(t.Context(), desk.ConversationID(fmt.Sprint("c", c)), 0, int(sent)+1)
		if err != nil || len(entries) != int(sent) || !slices.IsSortedFunc(entries, func(a, b desk.Notice) int { return int(a.Seq - b.Seq) }) {
			t.Errorf("c%d has %d entries, want %d (%v)", c, len(entries), sent, err)
		}
	}
	s.stop()
}

// An answer that is lost is no change that is lost, nor one that happens twice.
func TestAnswersAreLost(t *testing.T) {
	server := serve(t)
	s := openShop(t, server.address())
	for range 40 {
		s.accept(t)
		server.lose()
	}
	s.check(t)
}

func TestServerCrashes(t *testing.T) {
	server := serve(t)
	s := openShop(t, server.address())
	for range 3 {
		s.accept(t)
		server.crash(t)
		for range 5 {
			s.accept(t) // from the log
		}
		if err := s.store.Ready(t.Context()); err == nil {
			t.Error("a store without a server says that it is ready")
		}
		server.start(t)
		s.accept(t)
	}
	s.check(t)
}

func TestServerFreezes(t *testing.T) {
	server := serve(t)
	s := openShop(t, server.address())
	long := 30 * time.Second
	if testing.Short() {
		long = time.Second
	}
	s.accept(t)
	thaw := server.freeze(t)
	for end := time.After(long); ; {
		s.accept(t) // from the log
		select {
		case <-end:
			if err := s.store.Ready(t.Context()); err == nil {
				t.Error("a store whose server is frozen says that it is ready")
			}
			thaw()
			s.check(t)
			return
		case <-time.After(long / 20):
		}
	}
}

// Whoever starts before the server waits for it, and is told why.
func TestAwait(t *testing.T) {
	server := serve(t)
	server.crash(t)
	told := 0
	err := store.Await(t.Context(), server.address(), func(err error) {
		if told++; told == 1 {
			server.start(t)
		}
	})
	if err != nil || told == 0 {
		t.Errorf("waited %d times (%v)", told, err)
	}
	if err := store.Await(t.Context(), "postgres://x/y?ssl=1", nil); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("a wrong address: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = store.Await(ctx, strings.Replace(server.address(), "/postgres", "/nothing", 1), func(error) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("no such database: %v", err)
	}
}
