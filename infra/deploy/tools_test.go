package deploy_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// The tools, at their versions. They are run and not linked.
const (
	helm     = "helm.sh/helm/v3/cmd/helm@v3.22.0"
	validate = "sigs.k8s.io/kubectl-validate@v0.0.4"
	compose  = "github.com/compose-spec/compose-go/v2/cmd@v2.16.2"
	keda     = "github.com/kedacore/keda/v2@v2.21.0" // for the form of its resources
)

// oldest is the oldest Kubernetes that the chart is for.
const oldest = "1.30"

// tool runs one of them.
func tool(t *testing.T, name string, args ...string) (out, messages string, err error) {
	t.Helper()
	if os.Getenv("KELIU_TEST_DEPLOY") == "" {
		t.Skip("the tools are fetched and built where KELIU_TEST_DEPLOY is set: make test-deploy")
	}
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"run", name}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

// render is the chart with values.
func render(t *testing.T, values ...string) string {
	t.Helper()
	out, messages, err := tool(t, helm, append([]string{"template", "shop", "chart", "--kube-version", oldest + ".0"}, values...)...)
	if err != nil {
		t.Fatalf("%v: %s", err, messages)
	}
	return out
}

// variants are the chart's two forms.
func variants() map[string][]string {
	return map[string][]string{"whole": nil, "split": {"--values", "testdata/split.yaml"}}
}

func TestHelmLint(t *testing.T) {
	for name, values := range variants() {
		if out, messages, err := tool(t, helm, append([]string{"lint", "--strict", "chart"}, values...)...); err != nil {
			t.Errorf("%s: %v: %s%s", name, err, out, messages)
		}
	}
}

// Kubernetes and KEDA take what the chart renders, by their own forms, and refuse a field that there is not.
func TestKubernetesTakesTheChart(t *testing.T) {
	forms := filepath.Join(module(t, keda), "config/crd/bases")
	check := func(text string) (string, error) {
		path := filepath.Join(t.TempDir(), "rendered.yaml")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		out, messages, err := tool(t, validate, "--version", oldest, "--local-crds", forms, path)
		return out + messages, err
	}
	for name, values := range variants() {
		text := render(t, values...)
		if said, err := check(text); err != nil {
			t.Errorf("%s: %v: %s", name, err, said)
		}
		for _, wrong := range []struct{ field, no string }{{"readinessProbe:", "readynessProbe:"}, {"triggers:", "trigers:"}} {
			if broken := strings.ReplaceAll(text, wrong.field, wrong.no); broken != text {
				if _, err := check(broken); err == nil {
					t.Errorf("%s: %s is taken for %s", name, wrong.no, wrong.field)
				}
			}
		}
	}
}

// module is where the sources of a module are.
func module(t *testing.T, name string) string {
	t.Helper()
	if os.Getenv("KELIU_TEST_DEPLOY") == "" {
		t.Skip("modules are fetched where KELIU_TEST_DEPLOY is set: make test-deploy")
	}
	out, err := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	var at struct{ Dir string }
	if err := json.Unmarshal(out, &at); err != nil {
		t.Fatal(err)
	}
	return at.Dir
}

// A resource is what the tests look at of what is rendered.
type resource struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		Selector       json.RawMessage
		ScaleTargetRef struct{ Kind, Name string }
		Template       struct {
			Metadata struct{ Labels map[string]string }
			Spec     pod
		}
	}
}

// picks returns the labels of the pods that a resource picks: a service names them, the others under matchLabels.
func (r resource) picks(t *testing.T) map[string]string {
	t.Helper()
	if len(r.Spec.Selector) == 0 {
		return nil
	}
	var selector struct{ MatchLabels map[string]string }
	to := any(&selector)
	if r.Kind == "Service" {
		to = &selector.MatchLabels
	}
	if err := json.Unmarshal(r.Spec.Selector, to); err != nil {
		t.Fatal(err)
	}
	return selector.MatchLabels
}

type pod struct {
	AutomountServiceAccountToken *bool
	SecurityContext              struct {
		RunAsNonRoot   bool
		RunAsUser      int
		SeccompProfile struct{ Type string }
	}
	Containers []container
}

type container struct {
	Name            string
	Args            []string
	SecurityContext struct {
		AllowPrivilegeEscalation *bool
		ReadOnlyRootFilesystem   bool
		Capabilities             struct{ Drop []string }
	}
	Resources                                   struct{ Requests, Limits map[string]string }
	StartupProbe, LivenessProbe, ReadinessProbe struct{ HTTPGet struct{ Path string } }
}

// resources reads what is rendered; JSON is in between because it finds a field whatever the case of its letters.
func resources(t *testing.T, text string) []resource {
	t.Helper()
	var all []resource
	for d := yaml.NewDecoder(strings.NewReader(text)); ; {
		var r resource
		var document map[string]any
		if err := d.Decode(&document); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		encoded, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(encoded, &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
}

// Whatever the values: no process is root, writes outside its folders, or may use what it does not need, and each is watched.
func TestPodsMayDoLittle(t *testing.T) {
	for name, values := range variants() {
		pods := 0
		for _, r := range resources(t, render(t, values...)) {
			p := r.Spec.Template.Spec
			if len(p.Containers) == 0 {
				continue
			}
			pods++
			at := name + "/" + r.Metadata.Name
			if s := p.SecurityContext; !s.RunAsNonRoot || s.RunAsUser == 0 || s.SeccompProfile.Type != "RuntimeDefault" {
				t.Errorf("%s: %+v", at, s)
			}
			if p.AutomountServiceAccountToken == nil || *p.AutomountServiceAccountToken {
				t.Errorf("%s has the cluster's token", at)
			}
			for _, c := range p.Containers {
				s := c.SecurityContext
				if s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation || !s.ReadOnlyRootFilesystem || strings.Join(s.Capabilities.Drop, "") != "ALL" {
					t.Errorf("%s: %+v", at, s)
				}
				if c.Resources.Limits["memory"] == "" || c.Resources.Requests["cpu"] == "" || c.Resources.Requests["memory"] == "" {
					t.Errorf("%s asks for %+v", at, c.Resources)
				}
				watched := c.StartupProbe.HTTPGet.Path + c.LivenessProbe.HTTPGet.Path + c.ReadinessProbe.HTTPGet.Path
				if r.Kind == "StatefulSet" && watched != "/healthz/healthz/readyz" {
					t.Errorf("%s is watched at %q", at, watched)
				}
			}
		}
		if want := map[string]int{"whole": 1, "split": 3}[name]; pods != want {
			t.Errorf("%s: %d kinds of pod, want %d", name, pods, want)
		}
	}
}

// What there should be is there; what picks pods, picks some; what scales, scales what there is; and roles are told only where it is split.
func TestChartHangsTogether(t *testing.T) {
	for name, values := range variants() {
		all := resources(t, render(t, values...))
		var roles []string
		kinds := map[string]int{}
		picked := func(labels map[string]string) bool {
			for _, r := range all {
				fits := r.Kind == "StatefulSet"
				for label, value := range labels {
					fits = fits && r.Spec.Template.Metadata.Labels[label] == value
				}
				if fits {
					return true
				}
			}
			return false
		}
		for _, r := range all {
			kinds[r.Kind]++
			if labels := r.picks(t); len(labels) > 0 && !picked(labels) {
				t.Errorf("%s: %s %s picks no pod", name, r.Kind, r.Metadata.Name)
			}
			if target := r.Spec.ScaleTargetRef; target.Name != "" && !picked(map[string]string{"app.kubernetes.io/component": strings.TrimPrefix(target.Name, "shop-")}) {
				t.Errorf("%s: %s scales %s, which there is not", name, r.Metadata.Name, target.Name)
			}
			if r.Kind == "StatefulSet" {
				roles = append(roles, strings.Join(r.Spec.Template.Spec.Containers[0].Args, " "))
			}
		}
		parts := map[string]map[string]int{
			"whole": {"StatefulSet": 1, "Service": 2, "NetworkPolicy": 2},
			"split": {
				"StatefulSet": 2, "Service": 2, "NetworkPolicy": 3, "PodDisruptionBudget": 2, "HorizontalPodAutoscaler": 1,
				"ScaledObject": 1, "TriggerAuthentication": 1, "Ingress": 1, "Job": 1,
			},
		}[name]
		if diff := cmp.Diff(parts, kinds); diff != "" {
			t.Errorf("%s consists of (-want +got):\n%s", name, diff)
		}
		want := map[string]string{"whole": "serve", "split": "serve --role edge, serve --role worker"}[name]
		if got := strings.Join(roles, ", "); got != want {
			t.Errorf("%s runs %q, want %q", name, got, want)
		}
	}
}

// Wrong values are refused with the sentence that says what is right.
func TestChartRefuses(t *testing.T) {
	for values, want := range map[string]string{
		"settings.KELIU_STREMS=pulsar://x":                                "there is no KELIU_STREMS",
		"settings.KELIU_DATA=/tmp":                                        "the chart's own",
		"split.enabled=true":                                              "KELIU_STREAMS=pulsar://host:6650/tenant/namespace",
		"split.enabled=true,settings.KELIU_STREAMS=pulsar://h:6650/a/b":   "KELIU_STORE=postgres://",
		"split.enabled=true,secret=urls":                                  "pulsar.admin",
		"ingress.enabled=true":                                            "ingress.host",
		"splitt.enabled=true":                                             "splitt",
		"split.edge.replicas.min=none":                                    "integer",
		"provision.retention=forever":                                     "retention",
		"split.worker.lag.subscriptions[0].topic=x,split.worker.lag.on=1": "on",
	} {
		_, said, err := tool(t, helm, "template", "shop", "chart", "--kube-version", oldest+".0", "--set", values)
		if err == nil || !strings.Contains(said, want) {
			t.Errorf("%s: %v: %q, want %q", values, err, said, want)
		}
	}
}

// Compose takes the file, once what has to be chosen is chosen, and refuses a name that there is not.
func TestComposeTakesTheFile(t *testing.T) {
	text := regexp.MustCompile(`\$\{\w+:\?[^}]*\}`).ReplaceAllString(read(t, "compose.yaml"), "chosen12")
	text = regexp.MustCompile(`\$\{\w+:-([^}]*)\}`).ReplaceAllString(text, "$1")
	check := func(text string) (string, string, error) {
		path := filepath.Join(t.TempDir(), "compose.yaml")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return tool(t, compose, "-format", "json", path)
	}
	out, said, err := check(text)
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	var project struct {
		Services map[string]struct {
			ReadOnly bool `json:"read_only"`
			Ports    []struct {
				HostIP string `json:"host_ip"`
				Target int
			}
			Networks map[string]any
		}
	}
	if err := json.Unmarshal([]byte(out), &project); err != nil {
		t.Fatal(err)
	}
	for name, s := range project.Services {
		if _, outside := s.Networks["front"]; outside != (name == "keliu") || outside != (len(s.Ports) > 0) {
			t.Errorf("%s has ports %v and networks %v", name, s.Ports, s.Networks)
		}
	}
	if k := project.Services["keliu"]; !k.ReadOnly || len(k.Ports) != 1 || k.Ports[0].Target != 8080 || k.Ports[0].HostIP != "127.0.0.1" {
		t.Errorf("keliu is %+v", k)
	}
	if _, _, err := check(strings.ReplaceAll(text, "depends_on:", "depend_on:")); err == nil {
		t.Error("depend_on is taken for depends_on")
	}
}
