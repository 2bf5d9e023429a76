package app_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/channels/app"
	"keliu/functions/session"
	"keliu/functions/session/sessiontest"
)

func open(p session.Protocol) functions.Channel { return app.Channel{Protocol: p} }

func TestProtocol(t *testing.T) { sessiontest.Run(t, "app", open) }

func FuzzReceive(f *testing.F) { sessiontest.Fuzz(f, "app", open) }
