package catalog

import (
	"context"
	"crypto/sha256"
	"net/http"
	"time"

	"keliu/functions/channels/douyin"
	"keliu/functions/channels/douyin/api"
	"keliu/functions/session"
	"keliu/functions/store"
	"keliu/functions/store/addresses"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// openNetworks opens the channels of outside networks.
func (h *House) openNetworks() {
	c := h.Config.Douyin
	h.Addresses, h.Leads = addresses.Open(h.Store.DB), leads.Open(h.Store.DB)
	h.douyin = douyin.Channel{
		Key: c.Key, Secret: c.Secret, Signature: c.Signature, Account: c.Account, Card: c.Card, State: new(douyin.State),
		People: onNetwork{h.Store, "douyin"}, Addresses: h.Addresses, Deliveries: h.Addresses, Quota: h.Leads, Now: h.now,
	}
	if c.API != "" {
		h.douyin.API = &api.Client{Base: c.API, Key: c.Key, Secret: c.Secret, Token: c.Token, HTTP: &http.Client{}, Now: h.now}
	}
}

// onNetwork are the customers that a network knows by an ID.
type onNetwork struct {
	store   *store.Store
	network string
}

// Person implements douyin.People.
func (n onNetwork) Person(ctx context.Context, id, name string, at time.Time) (desk.Customer, error) {
	key := sha256.Sum256([]byte(n.network + "\x00" + id))
	fresh := desk.Customer{ID: desk.CustomerID("u_" + session.Name(key[:])), Name: name, Seen: at}
	return n.store.Identify(ctx, store.Identity{Kind: n.network, Value: id}, fresh)
}
