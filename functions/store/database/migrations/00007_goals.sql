-- +goose Up
-- What a metric should reach, and what raises an alarm.
CREATE TABLE targets (
    metric TEXT PRIMARY KEY,
    body   TEXT NOT NULL
);

-- When a metric was worse than its alarm allows. Times are in ms since 1970; ended is 0 while it lasts.
CREATE TABLE alarms (
    metric TEXT NOT NULL,
    began  BIGINT NOT NULL,
    ended  BIGINT NOT NULL DEFAULT 0,
    body   TEXT NOT NULL,
    PRIMARY KEY (metric, began)
);
CREATE UNIQUE INDEX alarms_lasting ON alarms (metric) WHERE ended = 0;

-- The stretch of time of which the figures are made up, for demonstration: one row at most.
CREATE TABLE made_up (
    id    BIGINT PRIMARY KEY,
    began BIGINT NOT NULL,
    ended BIGINT NOT NULL
);

-- +goose Down
DROP TABLE made_up;
DROP TABLE alarms;
DROP TABLE targets;
