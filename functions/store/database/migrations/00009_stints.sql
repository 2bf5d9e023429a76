-- +goose Up
-- From when the staff belong to which team, so that what they did counts for the team that they were in; since is in ms since 1970.
CREATE TABLE stints (
    staff TEXT   NOT NULL,
    since BIGINT NOT NULL,
    team  TEXT   NOT NULL,
    PRIMARY KEY (staff, since)
);
INSERT INTO stints (staff, since, team) SELECT id, 0, team FROM staff;

-- +goose Down
DROP TABLE stints;
