-- +goose Up
-- What a key may be used for, such as "conversations.read", parted by spaces; * is all that its role may.
ALTER TABLE api_keys ADD COLUMN scopes TEXT NOT NULL DEFAULT '*';

-- +goose Down
ALTER TABLE api_keys DROP COLUMN scopes;
