package web_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/channels/web"
	"keliu/functions/session"
	"keliu/functions/session/sessiontest"
)

func open(p session.Protocol) functions.Channel { return web.Channel{Protocol: p} }

func TestProtocol(t *testing.T) { sessiontest.Run(t, "web", open) }

func FuzzReceive(f *testing.F) { sessiontest.Fuzz(f, "web", open) }
