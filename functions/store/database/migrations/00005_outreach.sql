-- +goose Up
-- People whom outreach knows, as they stand. Times are in ms since 1970.
CREATE TABLE leads (
    person   TEXT PRIMARY KEY,
    channel  TEXT NOT NULL,
    state    TEXT NOT NULL,
    score    DOUBLE PRECISION NOT NULL,
    at       BIGINT NOT NULL,
    due      BIGINT NOT NULL, -- when its next step is to be thought over again; 0: not by itself
    rule     TEXT NOT NULL,
    campaign TEXT NOT NULL,
    owner    TEXT NOT NULL,
    search   TEXT NOT NULL, -- name, latest comment and ID, in small letters
    body     TEXT NOT NULL
);
CREATE INDEX leads_at ON leads (at, person);
CREATE INDEX leads_score ON leads (score, person);
CREATE INDEX leads_due ON leads (due) WHERE due > 0;

-- Everything that happened with them; the funnel is a count of it.
CREATE TABLE lead_history (
    id       TEXT PRIMARY KEY,
    person   TEXT NOT NULL,
    channel  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    at       BIGINT NOT NULL,
    rule     TEXT NOT NULL,
    campaign TEXT NOT NULL,
    touch    TEXT NOT NULL, -- what caused it
    body     TEXT NOT NULL
);
CREATE INDEX lead_history_person ON lead_history (person, at);
CREATE INDEX lead_history_kind ON lead_history (kind, at);

-- What people left to be reached by, apart from everything else.
CREATE TABLE lead_contacts (
    person TEXT NOT NULL,
    kind   TEXT NOT NULL,
    value  TEXT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (person, kind, value)
);

-- What outreach says, and what became of it.
CREATE TABLE lead_sends (
    id       TEXT PRIMARY KEY,
    person   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    state    TEXT NOT NULL,
    at       BIGINT NOT NULL,
    retry    BIGINT NOT NULL, -- when it may be tried again; 0: never
    item     TEXT NOT NULL,
    rule     TEXT NOT NULL,
    campaign TEXT NOT NULL,
    variant  TEXT NOT NULL,
    body     TEXT NOT NULL
);
CREATE INDEX lead_sends_person ON lead_sends (person, at);
CREATE INDEX lead_sends_item ON lead_sends (item, at);
CREATE INDEX lead_sends_campaign ON lead_sends (campaign, at);
CREATE INDEX lead_sends_at ON lead_sends (at);
CREATE INDEX lead_sends_retry ON lead_sends (retry) WHERE retry > 0;

CREATE TABLE lead_rules (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

CREATE TABLE lead_campaigns (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

-- The ledger of reply quotas: a row is a window of a person.
CREATE TABLE quota_accounts (
    channel TEXT NOT NULL,
    person  TEXT NOT NULL, -- the platform's ID
    scene   TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (channel, person, scene)
);

-- Where the grant of a message stands.
CREATE TABLE quota_grants (
    id      TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    person  TEXT NOT NULL,
    scene   TEXT NOT NULL,
    day     TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX quota_grants_person ON quota_grants (channel, person, scene, day);
CREATE INDEX quota_grants_at ON quota_grants (at);

-- How many people a window that limits them was used for on a day.
CREATE TABLE quota_days (
    channel TEXT NOT NULL,
    scene   TEXT NOT NULL,
    day     TEXT NOT NULL,
    people  BIGINT NOT NULL,
    PRIMARY KEY (channel, scene, day)
);

-- +goose Down
DROP TABLE quota_days;
DROP TABLE quota_grants;
DROP TABLE quota_accounts;
DROP TABLE lead_campaigns;
DROP TABLE lead_rules;
DROP TABLE lead_sends;
DROP TABLE lead_contacts;
DROP TABLE lead_history;
DROP TABLE leads;
