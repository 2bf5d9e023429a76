-- +goose Up
-- Every version of every article of the knowledge base, for good.
CREATE TABLE articles (
    id      TEXT NOT NULL,
    version BIGINT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (id, version)
);

-- Which version of an article is found.
CREATE TABLE published (
    article TEXT PRIMARY KEY,
    version BIGINT NOT NULL
);

-- +goose Down
DROP TABLE published;
DROP TABLE articles;
