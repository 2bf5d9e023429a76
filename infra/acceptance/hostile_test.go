package acceptance_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/session"
)

// What nobody should send is refused in the sender's words, and changes nothing.
func TestBadMessages(t *testing.T) {
	h := open(t, "KELIU_WEB_RATE=1000")
	g := h.enter(nil)
	g.ask("你好")
	before := g.history()

	const at = "/api/v1/web/messages"
	say := func(body string, header ...string) request {
		return request{http.MethodPost, at, as(g.Token, append(header, "Content-Type", "application/json")...), body}
	}
	for name, c := range map[string]struct {
		request
		want string
	}{
		"no body":                       {say(""), "400 json_broken"},
		"broken":                        {say(`{"text":"你好"`), "400 json_broken"},
		"not JSON":                      {say("text=你好"), "400 json_broken"},
		"with a byte order mark":        {say("\ufeff{\"text\":\"你好\"}"), "400 json_broken"},
		"two values":                    {say(`{"text":"一"}{"text":"二"}`), "400 json_broken"},
		"an array":                      {say(`["你好"]`), "400 json_broken"},
		"a number":                      {say(`{"text":42}`), "400 json_broken"},
		"an object":                     {say(`{"text":{"a":1}}`), "400 json_broken"},
		"null":                          {say(`null`), "400 text_empty"},
		"null text":                     {say(`{"text":null}`), "400 text_empty"},
		"no text":                       {say(`{}`), "400 text_empty"},
		"empty":                         {say(`{"text":""}`), "400 text_empty"},
		"spaces":                        {say(`{"text":" \n\t　 "}`), "400 text_empty"},
		"zero width":                    {say(`{"text":"\u200b\u200d\ufeff\u2060"}`), "400 text_empty"},
		"control":                       {say(`{"text":"你\u0000好"}`), "400 text_control"},
		"escape":                        {say(`{"text":"\u001b[31m红"}`), "400 text_control"},
		"turned round":                  {say(`{"text":"a\u202egpj.exe"}`), "400 text_control"},
		"invalid UTF-8":                 {say("{\"text\":\"\xff\xfe你好\"}"), "400 json_broken"},
		"invalid UTF-8 beside":          {say("{\"text\":\"看[图]\xff\"}"), "400 json_broken"},
		"100 KB":                        {say(`{"text":"` + strings.Repeat("好", 100<<10/3) + `"}`), "400 text_too_long"},
		"1 MB":                          {say(`{"text":"` + strings.Repeat("a", 1<<20) + `"}`), "413 body_too_large"},
		"deeply nested":                 {say(`{"text":` + strings.Repeat("[", 60_000) + strings.Repeat("]", 60_000) + `}`), "400 json_broken"},
		"deeply nested beside":          {say(`{"text":"你好","x":` + strings.Repeat("[", 60_000) + strings.Repeat("]", 60_000) + `}`), "400 json_broken"},
		"a huge key":                    {say(`{"text":"你好"}`, "Idempotency-Key", strings.Repeat("k", 4000)), "400 key_too_long"},
		"unknown picture":               {say(`{"text":"看","pictures":["p_aaaaaaaaaaaaaaaaaaaaaaaaaa"]}`), "404 picture_unknown"},
		"a path as picture":             {say(`{"text":"看","pictures":["../../store.db"]}`), "404 picture_unknown"},
		"many pictures":                 {say(`{"text":"看","pictures":["a","b","c","d"]}`), "400 too_many_pictures"},
		"a picture of one's own making": {say(`{"text":"看","Pictures":[{"id":"x","type":"text/html","bytes":1}]}`), "400 json_broken"},
		"a picture in disguise":         {say(`{"text":"看","\u0070ictures":[{"id":"x","type":"text/html","bytes":1}]}`), "400 json_broken"},

		"no token":            {request{http.MethodPost, at, nil, `{"text":"你好"}`}, "401 token_missing"},
		"another scheme":      {request{http.MethodPost, at, map[string]string{"Authorization": "Basic " + g.Token}, `{"text":"你好"}`}, "401 token_missing"},
		"a garbled token":     {request{http.MethodPost, at, as(g.Token[:len(g.Token)-4] + "AAAA"), `{"text":"你好"}`}, "401 token_invalid"},
		"rubbish as token":    {request{http.MethodPost, at, as("rubbish"), `{"text":"你好"}`}, "401 token_invalid"},
		"a token in the path": {request{http.MethodPost, at + "?token=" + g.Token, nil, `{"text":"你好"}`}, "401 token_missing"},
		"another channel's":   {request{http.MethodPost, "/api/v1/app/messages", as(g.Token), `{"text":"你好"}`}, "401 token_invalid"},
		"an expired token":    {request{http.MethodPost, at, as(h.token(g, h.edge.House.Tokens, -time.Second)), `{"text":"你好"}`}, "401 token_expired"},
		"a foreign token":     {request{http.MethodPost, at, as(h.token(g, session.NewTokens([]byte("another house")), time.Hour)), `{"text":"你好"}`}, "401 token_invalid"},
		"the members' secret": {request{http.MethodPost, at, as(h.token(g, session.NewTokens(h.edge.House.MemberSecret), time.Hour)), `{"text":"你好"}`}, "401 token_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := h.on(t).refusedIn(c.request); got != c.want {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		})
	}
	if diff := cmp.Diff(before, g.history()); diff != "" {
		t.Errorf("the conversation has changed:\n%s", diff)
	}
	if reply, _ := g.ask("你好"); reply.Text == "" {
		t.Error("the customer is not answered afterwards")
	}
}

// token is a token of a guest's conversation, sealed by whoever has the secret.
func (h *house) token(g *guest, tokens *session.Tokens, life time.Duration) string {
	h.Helper()
	claims, err := h.edge.House.Tokens.Open("web", g.Token, time.Now())
	if err != nil {
		h.Fatal(err)
	}
	claims.Expires = time.Now().Add(life).Unix()
	token, err := tokens.Seal(claims)
	if err != nil {
		h.Fatal(err)
	}
	return token
}

func TestBadCalls(t *testing.T) {
	h := open(t)
	g := h.enter(nil)
	alien, err := session.Vouch([]byte("another shop"), session.Vouched{Member: "lin", Name: "林"}, time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	late, err := session.Vouch(h.edge.House.MemberSecret, session.Vouched{Member: "lin", Name: "林"}, time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	open := func(body string) request { return request{http.MethodPost, "/api/v1/web/sessions", nil, body} }
	mine := func(method, path string) request { return request{method, path, as(g.Token), ""} }
	for name, c := range map[string]struct {
		request
		want string
	}{
		"session of broken JSON":       {open(`{"name":`), "400 json_broken"},
		"session of wrong types":       {open(`{"name":7}`), "400 json_broken"},
		"session of invalid UTF-8":     {open("{\"name\":\"\xff\"}"), "400 json_broken"},
		"session with a long name":     {open(`{"name":"` + strings.Repeat("名", 61) + `"}`), "400 field_too_long"},
		"session with a control name":  {open(`{"name":"a\u0007b"}`), "400 field_control"},
		"session with a long visitor":  {open(`{"visitor":"` + strings.Repeat("v", 201) + `"}`), "400 field_too_long"},
		"session of 20 KB":             {open(`{"page":"` + strings.Repeat("p", 20<<10) + `"}`), "413 body_too_large"},
		"session of a stranger's word": {open(`{"member":"` + alien + `"}`), "401 member_invalid"},
		"session of an old word":       {open(`{"member":"` + late + `"}`), "401 member_expired"},
		"session of no word":           {open(`{"member":"rubbish"}`), "401 member_invalid"},

		"no such channel":          {request{http.MethodPost, "/api/v1/fax/messages", as(g.Token), `{"text":"你好"}`}, "404 channel_unknown"},
		"no such channel, session": {request{http.MethodPost, "/api/v1/fax/sessions", nil, `{}`}, "404 channel_unknown"},
		"no such channel, events":  {mine(http.MethodGet, "/api/v1/fax/events"), "404 channel_unknown"},
		"no such hook":             {request{http.MethodPost, "/hooks/fax", nil, `{}`}, "404 channel_unknown"},
		"no such hook, get":        {request{http.MethodGet, "/hooks/nowhere", nil, ""}, "404 channel_unknown"},
		"a hook that is none":      {request{http.MethodPost, "/hooks/web", as(g.Token), `{"text":"你好"}`}, "404 channel_session"},
		"no such path":             {mine(http.MethodGet, "/api/v1/nothing"), "404 not_found"},
		"no such page":             {mine(http.MethodGet, "/nothing.html"), "404 not_found"},
		"up and away":              {mine(http.MethodGet, "/demo/..%2f..%2fetc%2fpasswd"), "404 not_found"},
		"a wrong method":           {mine(http.MethodDelete, "/api/v1/web/messages"), "405 method_not_allowed"},
		"another wrong method":     {mine(http.MethodPost, "/healthz"), "405 method_not_allowed"},

		"limit 0":               {mine(http.MethodGet, "/api/v1/web/messages?limit=0"), "400 parameter"},
		"limit many":            {mine(http.MethodGet, "/api/v1/web/messages?limit=201"), "400 parameter"},
		"limit rubbish":         {mine(http.MethodGet, "/api/v1/web/messages?limit=many"), "400 parameter"},
		"before minus":          {mine(http.MethodGet, "/api/v1/web/messages?before=-1"), "400 parameter"},
		"history of nobody":     {request{http.MethodGet, "/api/v1/web/messages", nil, ""}, "401 token_missing"},
		"events of nobody":      {request{http.MethodGet, "/api/v1/web/events", nil, ""}, "401 token_missing"},
		"events after rubbish":  {request{http.MethodGet, "/api/v1/web/events", as(g.Token, "Last-Event-ID", "yesterday"), ""}, "400 parameter"},
		"events after minus":    {request{http.MethodGet, "/api/v1/web/events", as(g.Token, "Last-Event-ID", "-4"), ""}, "400 parameter"},
		"live, plainly":         {mine(http.MethodGet, "/api/v1/web/live"), "400 websocket_expected"},
		"live after rubbish":    {mine(http.MethodGet, "/api/v1/web/live?after=x"), "400 parameter"},
		"a picture of nobody":   {mine(http.MethodGet, "/api/v1/web/pictures/p_aaaaaaaaaaaaaaaaaaaaaaaaaa"), "404 picture_unknown"},
		"no picture":            {request{http.MethodPost, "/api/v1/web/pictures", as(g.Token), ""}, "400 picture_type"},
		"a text as picture":     {request{http.MethodPost, "/api/v1/web/pictures", as(g.Token, "Content-Type", "image/png"), "no picture"}, "400 picture_type"},
		"half a picture":        {request{http.MethodPost, "/api/v1/web/pictures", as(g.Token), "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}, "400 picture_broken"},
		"a picture of 6 MB":     {request{http.MethodPost, "/api/v1/web/pictures", as(g.Token), strings.Repeat("\x00", 6<<20)}, "413 picture_too_large"},
		"a body of 25 MB":       {request{http.MethodPost, "/api/v1/web/pictures", as(g.Token), strings.Repeat("\x00", 25<<20)}, "413 picture_too_large"},
		"leaving without token": {request{http.MethodPost, "/api/v1/web/leave", nil, ""}, "401 token_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := h.on(t).refusedIn(c.request); got != c.want {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		})
	}
	if all := g.history(); len(all) != 0 {
		t.Errorf("something was said: %+v", all)
	}
}

func TestLanguages(t *testing.T) {
	h := open(t)
	for header, want := range map[string]string{
		"": "zh", "zh": "zh", "en": "en", "en-GB,en;q=0.9": "en", "zh-TW": "zh", "zh-CN,zh;q=0.9,en;q=0.8": "zh",
		"zh;q=0.2, en;q=0.9": "en", "en;q=0.2, zh;q=0.9": "zh", "fr, en;q=0.5": "en", "fr": "zh", "*": "zh", "en;q=0, zh": "zh",
		"rubbish!!": "zh", ";;;q=": "zh", strings.Repeat("en,", 2000): "zh",
	} {
		if got := h.call(request{http.MethodGet, "/api/v1/nothing", map[string]string{"Accept-Language": header}, ""}).refusal(t, want); got != "404 not_found" {
			t.Errorf("Accept-Language %.40q: %s", header, got)
		}
	}
}

// The last of two equal keys counts, everywhere alike.
func TestDuplicateKeysInJSON(t *testing.T) {
	h := open(t)
	g := h.enter(nil)
	a := h.call(request{http.MethodPost, "/api/v1/web/messages", as(g.Token), `{"text":"一","text":"你好","unheard_of":1}`})
	if a.status != http.StatusOK || !strings.Contains(string(a.body), `"text":"你好"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
}
