package lambda_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"keliu/infra/simulators/lambda"
)

// signed is what a signed request carries.
var signed = map[string]string{
	"Authorization": "AWS4-HMAC-SHA256 Credential=AKID/20261124/cn-north-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=" + strings.Repeat("0", 64),
	"X-Amz-Date":    "20261124T020000Z",
}

func with(more ...string) map[string]string {
	header := map[string]string{}
	for name, value := range signed {
		header[name] = value
	}
	for i := 0; i < len(more); i += 2 {
		header[more[i]] = more[i+1]
	}
	return header
}

// Without a process: what the Invoke API says for itself.
func TestInvokeAPI(t *testing.T) {
	aws := &lambda.Cloud{Functions: map[string]lambda.Program{"keliu-intents-refund": {Path: "/nonexistent"}}}
	for name, test := range map[string]struct {
		function, body string
		header         map[string]string
		faults         []lambda.Fault
		status         int
		kind, says     string
	}{
		"unsigned":           {"keliu-intents-refund", "{}", nil, nil, 403, "MissingAuthenticationTokenException", ""},
		"without a date":     {"keliu-intents-refund", "{}", with("X-Amz-Date", ""), nil, 403, "MissingAuthenticationTokenException", ""},
		"for another system": {"keliu-intents-refund", "{}", with("Authorization", strings.Replace(signed["Authorization"], "/lambda/", "/s3/", 1)), nil, 403, "MissingAuthenticationTokenException", ""},
		"unknown":            {"keliu-intents-gone", "{}", signed, nil, 404, "ResourceNotFoundException", "keliu-intents-gone"},
		"too large":          {"keliu-intents-refund", strings.Repeat("a", 6<<20+1), signed, nil, 413, "RequestTooLargeException", "6291456"},
		"asked only":         {"keliu-intents-refund", "", with("X-Amz-Invocation-Type", "DryRun"), nil, 204, "", ""},
		"busy":               {"keliu-intents-refund", "{}", signed, []lambda.Fault{{Status: 429, Type: "TooManyRequestsException", RetryAfter: "1"}}, 429, "TooManyRequestsException", "Exceeded"},
		"no such program":    {"keliu-intents-refund", "{}", signed, nil, 200, "", "Runtime.InvalidEntrypoint"},
	} {
		t.Run(name, func(t *testing.T) {
			aws.Fail(test.faults...)
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/2015-03-31/functions/"+test.function+"/invocations", strings.NewReader(test.body))
			for name, value := range test.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			aws.ServeHTTP(w, r)
			body, err := io.ReadAll(w.Body)
			if err != nil || w.Code != test.status || w.Header().Get("X-Amzn-ErrorType") != test.kind || !strings.Contains(string(body), test.says) {
				t.Errorf("%d %s %s (%v)", w.Code, w.Header(), body, err)
			}
			if len(test.faults) > 0 && w.Header().Get("Retry-After") != test.faults[0].RetryAfter {
				t.Errorf("retry after %q", w.Header().Get("Retry-After"))
			}
		})
	}
	if failed := aws.Calls()[len(aws.Calls())-1]; failed.Function == "" || len(aws.Starts()) != 0 {
		t.Errorf("%+v", failed)
	}
}
