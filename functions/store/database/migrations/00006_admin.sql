-- +goose Up
-- Whether one of the staff still works here, whether their password is one that an administrator handed out, and their team.
ALTER TABLE staff ADD COLUMN active BIGINT NOT NULL DEFAULT 1;
ALTER TABLE staff ADD COLUMN initial BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN team TEXT NOT NULL DEFAULT '';

CREATE TABLE teams (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

-- Keys with which other programs call the staff's API. Times are in ms since 1970; 0 is never.
CREATE TABLE api_keys (
    hash    TEXT PRIMARY KEY, -- SHA-256 of the key
    id      TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made    BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    revoked BIGINT NOT NULL DEFAULT 0,
    used    BIGINT NOT NULL DEFAULT 0
);

-- Questions that were declined, masked. Those that say the same share a gap.
CREATE TABLE gap_asks (
    id           TEXT PRIMARY KEY,
    gap          TEXT NOT NULL,
    text         TEXT NOT NULL,
    conversation TEXT NOT NULL,
    at           BIGINT NOT NULL
);
CREATE INDEX gap_asks_gap ON gap_asks (gap, at);

-- +goose Down
DROP TABLE gap_asks;
DROP TABLE api_keys;
DROP TABLE teams;
ALTER TABLE staff DROP COLUMN team;
ALTER TABLE staff DROP COLUMN initial;
ALTER TABLE staff DROP COLUMN active;
