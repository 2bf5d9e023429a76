-- +goose Up
-- The last transaction that a writer of a process committed, by its number: whoever loses the answer to a commit looks here. A database
-- of one process loses none.
CREATE TABLE marks (
    process TEXT NOT NULL,
    writer  BIGINT NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (process, writer)
);

-- +goose Down
DROP TABLE marks;
