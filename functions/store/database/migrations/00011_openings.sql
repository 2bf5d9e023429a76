-- +goose Up
-- When which customer opened a session, so that customers can be counted once however often they come. A customer has one
-- conversation. Times are in ms since 1970.
CREATE TABLE openings (
    conversation TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    channel      TEXT   NOT NULL,
    lang         TEXT   NOT NULL,
    PRIMARY KEY (conversation, at)
);
CREATE INDEX openings_at ON openings (at);

-- +goose Down
DROP TABLE openings;
