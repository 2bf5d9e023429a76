// Package deploy_test checks what the product is deployed with: that it agrees with the product, and, where KELIU_TEST_DEPLOY is
// set, what the makers of Compose, Helm and Kubernetes say of it. make test-deploy does the latter.
package deploy_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"keliu/functions/catalog"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func decode(t *testing.T, path string, to any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(read(t, path)), to); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// What is set is a setting of the product.
func TestSettingsAreTheProducts(t *testing.T) {
	var known []string
	for _, s := range catalog.Settings() {
		known = append(known, s.Name)
	}
	var compose struct {
		Settings map[string]string `yaml:"x-settings"`
		Services map[string]struct{ Environment map[string]string }
	}
	decode(t, "compose.yaml", &compose)
	var chart struct{ Settings map[string]string }
	decode(t, "chart/values.yaml", &chart)
	image := map[string]string{}
	for _, set := range regexp.MustCompile(`\b(KELIU_\w+)=`).FindAllStringSubmatch(read(t, "Containerfile"), -1) {
		image[set[1]] = ""
	}
	for where, settings := range map[string]map[string]string{
		"compose.yaml": compose.Settings, "the service keliu": compose.Services["keliu"].Environment,
		"the service provision": compose.Services["provision"].Environment, "chart/values.yaml": chart.Settings, "Containerfile": image,
	} {
		if len(settings) == 0 {
			t.Errorf("%s sets nothing", where)
		}
		for name := range settings {
			if !slices.Contains(known, name) {
				t.Errorf("%s sets %s, which is no setting", where, name)
			}
		}
	}
}

// Workers are scaled by subscriptions that there are: each is made in the catalog, on the topic of that name.
func TestScaledSubscriptionsAreTheProducts(t *testing.T) {
	topics := map[string]string{
		"desk.Inbound": string(desk.Inbound), "desk.Outbound": string(desk.Outbound), "desk.Requests": string(desk.Requests),
		"desk.Routing": string(desk.Routing), "desk.Touches": string(desk.Touches), "desk.Sends": string(desk.Sends),
		"meter.Points": string(meter.Points),
	}
	made := regexp.MustCompile(`(\w+\.\w+)\.Subscribe\(ctx, [\w.]+, "(\w+)"`)
	var there []string
	err := filepath.WalkDir("../../functions/catalog", func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") {
			for _, m := range made.FindAllStringSubmatch(read(t, path), -1) {
				there = append(there, topics[m[1]]+"/"+m[2])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var values struct {
		Split struct {
			Worker struct {
				Lag struct {
					Subscriptions []struct{ Topic, Subscription string }
				}
			}
		}
	}
	decode(t, "chart/values.yaml", &values)
	scaled := values.Split.Worker.Lag.Subscriptions
	if len(scaled) == 0 {
		t.Error("workers are scaled by nothing")
	}
	for _, s := range scaled {
		if !slices.Contains(there, s.Topic+"/"+s.Subscription) {
			t.Errorf("workers are scaled by %s/%s; there are %v", s.Topic, s.Subscription, there)
		}
	}
}

// What provision is told are flags that it has.
func TestFlagsAreTheProducts(t *testing.T) {
	program := read(t, "../../edge/provision.go")
	for _, path := range []string{"compose.yaml", "chart/templates/provision.yaml"} {
		told := regexp.MustCompile(`--([a-z-]+)(?:=|, "\d)`).FindAllStringSubmatch(read(t, path), -1)
		if len(told) == 0 {
			t.Errorf("%s tells provision nothing", path)
		}
		for _, flag := range told {
			if !strings.Contains(program, `"`+flag[1]+`", `) {
				t.Errorf("%s: provision has no flag --%s", path, flag[1])
			}
		}
	}
}

// An image is built of what has a version or a digest, and runs as nobody.
func TestContainerfile(t *testing.T) {
	text := read(t, "Containerfile")
	pinned := regexp.MustCompile(`:\d+\.\d+\.\d+-[\w.-]+$|@sha256:[0-9a-f]{64}$`)
	images := regexp.MustCompile(`(?m)^FROM (?:--platform=\S+ )?(\S+)`).FindAllStringSubmatch(text, -1)
	if len(images) != 3 {
		t.Errorf("%d stages, want the front ends, the program and the image", len(images))
	}
	for _, image := range images {
		if !pinned.MatchString(image[1]) {
			t.Errorf("%s may be another tomorrow", image[1])
		}
	}
	last := text[strings.LastIndex(text, "\nFROM "):]
	if user := regexp.MustCompile(`(?m)^USER (\d+):\d+$`).FindStringSubmatch(last); user == nil || user[1] == "0" {
		t.Error("the image does not say a user other than root by number")
	}
	for _, source := range regexp.MustCompile(`(?m)^COPY (edge/\S+)`).FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join("../..", source[1])); err != nil {
			t.Error(err)
		}
	}
}

// The servers beside the product have versions, too, and what a service is told is asked for and never written down.
func TestComposeKeepsNoSecret(t *testing.T) {
	var compose struct {
		Services map[string]struct {
			Image       string
			Environment map[string]string
		}
	}
	decode(t, "compose.yaml", &compose)
	for name, service := range compose.Services {
		if !regexp.MustCompile(`:\d+\.\d+|:\$\{KELIU_VERSION:-\d`).MatchString(service.Image) {
			t.Errorf("%s: the image %s has no version", name, service.Image)
		}
		for setting, value := range service.Environment {
			if regexp.MustCompile(`PASSWORD|TOKEN`).MatchString(setting) && !regexp.MustCompile(`^\$\{\w+:[?-]`).MatchString(value) {
				t.Errorf("%s: %s is written down", name, setting)
			}
		}
	}
}

// Every value has a place in the schema, which refuses others.
func TestSchemaIsOfTheValues(t *testing.T) {
	var values map[string]any
	decode(t, "chart/values.yaml", &values)
	var schema struct {
		AdditionalProperties bool           `json:"additionalProperties"`
		Properties           map[string]any `json:"properties"`
	}
	if err := json.Unmarshal([]byte(read(t, "chart/values.schema.json")), &schema); err != nil {
		t.Fatal(err)
	}
	for name := range values {
		if schema.Properties[name] == nil {
			t.Errorf("the schema does not know %s", name)
		}
	}
	if schema.AdditionalProperties {
		t.Error("the schema takes every name")
	}
}
