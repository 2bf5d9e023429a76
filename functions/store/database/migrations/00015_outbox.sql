-- +goose Up
-- What the records of a ticket are about: another process adds nothing about it while the ticket is there.
ALTER TABLE outbox ADD COLUMN key TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_key ON outbox (key);

-- +goose Down
DROP INDEX outbox_key;
ALTER TABLE outbox DROP COLUMN key;
