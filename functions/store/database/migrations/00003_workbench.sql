-- +goose Up
-- Where a conversation stands in the workbench's list, the most urgent first, and how its customer sounds: 0 calm, 1 unhappy,
-- 2 furious. See functions/store/urgency.go.
ALTER TABLE conversations ADD COLUMN urgency BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN mood BIGINT NOT NULL DEFAULT 0;
UPDATE conversations SET urgency = 4503599627370496 - updated;

-- Up to where somebody of the staff has looked at a conversation.
CREATE TABLE looked (
    conversation TEXT PRIMARY KEY,
    seq          BIGINT NOT NULL
);

-- What the staff note about a conversation, for one another (备注).
CREATE TABLE notes (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    at           BIGINT NOT NULL,
    body         TEXT NOT NULL
);
CREATE INDEX notes_conversation ON notes (conversation, at);

-- Canned answers (快捷回复): the team's have no owner.
CREATE TABLE canned (
    id    TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    body  TEXT NOT NULL
);
CREATE INDEX canned_owner ON canned (owner);

-- The pages a customer was on, the latest fifty of a conversation.
CREATE TABLE visits (
    conversation TEXT NOT NULL,
    at           BIGINT NOT NULL,
    page         TEXT NOT NULL,
    PRIMARY KEY (conversation, at)
);

-- How the sessions of a conversation were closed by a person: the reason and the summary.
CREATE TABLE closings (
    conversation TEXT NOT NULL,
    session      BIGINT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (conversation, session)
);

-- When a screen of somebody of the staff last gave a sign of life (0: they never had one), when they last did something for a
-- customer, and the status that the silence of the screen took from them, when.
CREATE TABLE presence (
    staff   TEXT PRIMARY KEY,
    seen    BIGINT NOT NULL DEFAULT 0,
    acted   BIGINT NOT NULL DEFAULT 0,
    took    TEXT NOT NULL DEFAULT '',
    took_at BIGINT NOT NULL DEFAULT 0
);

-- +goose Down
DROP TABLE presence;
DROP TABLE closings;
DROP TABLE visits;
DROP TABLE canned;
DROP TABLE notes;
DROP TABLE looked;
ALTER TABLE conversations DROP COLUMN mood;
ALTER TABLE conversations DROP COLUMN urgency;
