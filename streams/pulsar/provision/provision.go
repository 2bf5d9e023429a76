// Package provision sets up the two namespaces of a log over Pulsar's admin interface: one for topics, one beside it for state
// topics, whose older records may go.
package provision

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"keliu/streams/pulsar/address"
)

// An Admin is the admin interface of a cluster.
type Admin struct {
	URL    string       // its web address: http://host:8080
	Token  string       // sent as a bearer token; empty for a cluster that asks for none
	Client *http.Client // http.DefaultClient when nil
}

// A Plan says how the topics of a namespace are to be. It changes nothing of topics that there are, but how long they keep.
type Plan struct {
	Tenant, Namespace string

	Partitions int           // of each topic; not partitioned when 0 or 1
	Retention  time.Duration // how long records that every subscription has handled are kept; for ever when 0
	Clusters   []string      // between which the namespaces are replicated, this one among them; as it is when empty
}

// compactAt is how many bytes of a state topic are written before it is compacted.
const compactAt = 16 << 20

// Apply sets up what a log needs. It can be applied again, with the same plan or another.
func (a Admin) Apply(ctx context.Context, p Plan) error {
	if err := a.tenant(ctx, p); err != nil {
		return fmt.Errorf("tenant %s: %w", p.Tenant, err)
	}
	minutes := int(p.Retention.Minutes())
	if minutes == 0 {
		minutes = -1
	}
	keep := policy{http.MethodPost, "retention", map[string]int{"retentionTimeInMinutes": minutes, "retentionSizeInMB": -1}}
	compact := policy{http.MethodPut, "compactionThreshold", compactAt}
	return errors.Join(a.namespace(ctx, p, "", keep), a.namespace(ctx, p, address.StateSuffix, compact))
}

// tenant makes the tenant, on the clusters of the plan or on every one there is. One that there is may use those of the plan, too.
func (a Admin) tenant(ctx context.Context, p Plan) error {
	at := "tenants/" + url.PathEscape(p.Tenant)
	var tenants, clusters []string
	if err := a.ask(ctx, "tenants", &tenants); err != nil {
		return err
	}
	there := slices.Contains(tenants, p.Tenant)
	if there && len(p.Clusters) == 0 {
		return nil
	}
	if err := a.ask(ctx, "clusters", &clusters); err != nil {
		return err
	}
	for _, wanted := range p.Clusters {
		if !slices.Contains(clusters, wanted) {
			return fmt.Errorf("there is no cluster %q, but %s", wanted, strings.Join(clusters, ", "))
		}
	}
	is := tenant{AllowedClusters: clusters, AdminRoles: []string{}}
	if len(p.Clusters) > 0 {
		is.AllowedClusters = p.Clusters
	}
	if !there {
		return a.call(ctx, http.MethodPut, at, is)
	}
	if err := a.ask(ctx, at, &is); err != nil {
		return err
	}
	has := len(is.AllowedClusters)
	for _, wanted := range p.Clusters {
		if !slices.Contains(is.AllowedClusters, wanted) {
			is.AllowedClusters = append(is.AllowedClusters, wanted)
		}
	}
	if len(is.AllowedClusters) == has {
		return nil
	}
	return a.call(ctx, http.MethodPost, at, is)
}

// A tenant is who has namespaces, on which clusters, and who may change that.
type tenant struct {
	AllowedClusters []string `json:"allowedClusters"`
	AdminRoles      []string `json:"adminRoles"`
}

// A policy is one setting of a namespace.
type policy struct {
	method, name string
	value        any
}

// namespace makes one of the two namespaces unless there is one, and sets its policies.
func (a Admin) namespace(ctx context.Context, p Plan, suffix string, own policy) error {
	at := "namespaces/" + url.PathEscape(p.Tenant) + "/" + url.PathEscape(p.Namespace+suffix)
	if err := a.call(ctx, http.MethodPut, at, map[string]any{}); err != nil && !errors.Is(err, errThere) {
		return fmt.Errorf("%s: %w", at, err)
	}
	creation := map[string]any{"allowAutoTopicCreation": true, "topicType": "non-partitioned"}
	if p.Partitions > 1 {
		creation["topicType"], creation["defaultNumPartitions"] = "partitioned", p.Partitions
	}
	policies := []policy{
		own,
		{http.MethodPost, "autoTopicCreation", creation},
		// A publisher that sends again what was not acknowledged to it doubles nothing.
		{http.MethodPost, "deduplication", true},
		// A key that fails must not hold up the others, however many records wait behind it.
		{http.MethodPost, "maxUnackedMessagesPerConsumer", 0},
		{http.MethodPost, "maxUnackedMessagesPerSubscription", 0},
		// A topic that nobody has open still keeps its records.
		{http.MethodPost, "inactiveTopicPolicies", map[string]any{
			"deleteWhileInactive": false, "inactiveTopicDeleteMode": "delete_when_no_subscriptions", "maxInactiveDurationSeconds": 60,
		}},
	}
	if len(p.Clusters) > 0 {
		policies = append(policies, policy{http.MethodPost, "replication", p.Clusters})
	}
	for _, set := range policies {
		if err := a.call(ctx, set.method, at+"/"+set.name, set.value); err != nil {
			return fmt.Errorf("%s/%s: %w", at, set.name, err)
		}
	}
	return nil
}

// errThere marks what there is already.
var errThere = errors.New("is there already")

func (a Admin) ask(ctx context.Context, path string, answer any) error {
	return a.do(ctx, http.MethodGet, path, nil, answer)
}

func (a Admin) call(ctx context.Context, method, path string, body any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return a.do(ctx, method, path, encoded, nil)
}

func (a Admin) do(ctx context.Context, method, path string, body []byte, answer any) error {
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(a.URL, "/")+"/admin/v2/"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if a.Token != "" {
		r.Header.Set("Authorization", "Bearer "+a.Token)
	}
	client := a.Client
	if client == nil {
		client = http.DefaultClient
	}
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	err = errors.Join(err, response.Body.Close())
	switch {
	case err != nil:
		return err
	case response.StatusCode == http.StatusConflict:
		return errThere
	case response.StatusCode >= 300:
		return fmt.Errorf("%s: %s", response.Status, bytes.TrimSpace(text))
	case answer == nil:
		return nil
	}
	return json.Unmarshal(text, answer)
}
