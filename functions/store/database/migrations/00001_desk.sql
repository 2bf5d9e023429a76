-- +goose Up
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE customers (
    id     TEXT PRIMARY KEY,
    member TEXT NOT NULL DEFAULT '',
    name   TEXT NOT NULL DEFAULT '',
    seen   BIGINT NOT NULL
);
CREATE INDEX customers_member ON customers (member);

-- How a customer is known: the widget's secret visitor ID (as a hash), the shop's member, a channel's open ID.
CREATE TABLE identities (
    kind     TEXT NOT NULL,
    value    TEXT NOT NULL,
    customer TEXT NOT NULL,
    PRIMARY KEY (kind, value)
);
CREATE INDEX identities_customer ON identities (customer);

CREATE TABLE conversations (
    id       TEXT PRIMARY KEY,
    customer TEXT NOT NULL,
    channel  TEXT NOT NULL,
    stage    TEXT NOT NULL,
    agent    TEXT NOT NULL,
    updated  BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    body     TEXT NOT NULL
);
CREATE INDEX conversations_stage ON conversations (stage, updated);
CREATE INDEX conversations_agent ON conversations (agent, stage);
CREATE INDEX conversations_updated ON conversations (updated);

-- What was said and told, in order. The ID of an entry that a record caused is the record's: that makes effects idempotent.
CREATE TABLE timeline (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    seq          BIGINT NOT NULL,
    body         TEXT NOT NULL
);
CREATE UNIQUE INDEX timeline_place ON timeline (conversation, seq);

CREATE TABLE handoffs (
    conversation TEXT NOT NULL,
    at           BIGINT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (conversation, at)
);

CREATE TABLE queue (
    conversation TEXT PRIMARY KEY,
    skill        TEXT NOT NULL,
    priority     BIGINT NOT NULL,
    since        BIGINT NOT NULL,
    rank         BIGINT NOT NULL,
    agent        TEXT NOT NULL DEFAULT '', -- who was chosen and has not begun yet
    position     BIGINT NOT NULL DEFAULT 0 -- as the customer was told
);
CREATE INDEX queue_rank ON queue (rank);
CREATE INDEX queue_agent ON queue (agent);

CREATE TABLE callbacks (
    id   TEXT PRIMARY KEY,
    at   BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX callbacks_at ON callbacks (at);

CREATE TABLE requests (
    id        TEXT PRIMARY KEY,
    order_no  TEXT NOT NULL,
    at        BIGINT NOT NULL,
    body      TEXT NOT NULL
);
CREATE INDEX requests_order ON requests (order_no);

CREATE TABLE staff (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    role     TEXT NOT NULL,
    password TEXT NOT NULL,
    skills   TEXT NOT NULL DEFAULT '',
    capacity BIGINT NOT NULL DEFAULT 5,
    status   TEXT NOT NULL DEFAULT 'offline',
    changed  BIGINT NOT NULL
);

CREATE TABLE logins (
    token   TEXT PRIMARY KEY, -- SHA-256 of the token
    staff   TEXT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX logins_expires ON logins (expires);

CREATE TABLE outbox (
    process TEXT NOT NULL,
    n       BIGINT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (process, n)
);

-- +goose Down
DROP TABLE outbox;
DROP TABLE logins;
DROP TABLE staff;
DROP TABLE requests;
DROP TABLE callbacks;
DROP TABLE queue;
DROP TABLE handoffs;
DROP TABLE timeline;
DROP TABLE conversations;
DROP TABLE identities;
DROP TABLE customers;
DROP TABLE settings;
