-- +goose Up
-- Rules that somebody of the staff writes on and has not published.
CREATE TABLE drafts (
    author TEXT PRIMARY KEY,
    at     BIGINT NOT NULL,
    body   TEXT NOT NULL
);

-- +goose Down
DROP TABLE drafts;
