-- +goose Up
-- Where a channel reaches somebody. Times are in ms since 1970.
CREATE TABLE addresses (
    channel      TEXT NOT NULL,
    person       TEXT NOT NULL, -- the network's ID
    customer     TEXT NOT NULL,
    conversation TEXT NOT NULL,
    account      TEXT NOT NULL,
    thread       TEXT NOT NULL,
    message      TEXT NOT NULL,
    wrote        BIGINT NOT NULL,
    entry        TEXT NOT NULL,
    entered      BIGINT NOT NULL,
    PRIMARY KEY (channel, person)
);
CREATE INDEX addresses_conversation ON addresses (channel, conversation, wrote);

-- What was handed to a network and what became of it.
CREATE TABLE deliveries (
    channel      TEXT NOT NULL,
    id           TEXT NOT NULL,
    conversation TEXT NOT NULL,
    seq          BIGINT NOT NULL,
    remote       TEXT NOT NULL, -- the network's ID of it
    state        TEXT NOT NULL,
    at           BIGINT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (channel, id)
);
CREATE INDEX deliveries_conversation ON deliveries (conversation, seq);
CREATE INDEX deliveries_remote ON deliveries (channel, remote);

-- Messages of ours that a network has shown. It may say so before it says that it took them.
CREATE TABLE shown (
    channel TEXT NOT NULL,
    remote  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (channel, remote)
);

-- +goose Down
DROP TABLE shown;
DROP TABLE deliveries;
DROP TABLE addresses;
