package web_test

import (
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/channels/web"
	"keliu/functions/session"
	"keliu/functions/session/sessiontest"
)

func open(tokens *session.Tokens, live session.Live, now func() time.Time) functions.Channel {
	return web.Channel{Tokens: tokens, Live: live, Now: now}
}

func TestProtocol(t *testing.T) { sessiontest.Run(t, "web", open) }

func FuzzReceive(f *testing.F) { sessiontest.Fuzz(f, "web", open) }
