-- What is measured, by whom and where: few and bounded.
CREATE TABLE IF NOT EXISTS series (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  tags TEXT NOT NULL, -- JSON
  UNIQUE (name, tags)
);
-- Cells by minute and by hour; at counts minutes or hours since 1970.
CREATE TABLE IF NOT EXISTS minutes (series INTEGER NOT NULL, at INTEGER NOT NULL, cell BLOB NOT NULL, PRIMARY KEY (series, at)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hours   (series INTEGER NOT NULL, at INTEGER NOT NULL, cell BLOB NOT NULL, PRIMARY KEY (series, at)) WITHOUT ROWID;
-- What was added and is not in the cells yet.
CREATE TABLE IF NOT EXISTS journal (n INTEGER PRIMARY KEY, deltas BLOB NOT NULL);
-- The records counted, in the order they came, so that the old ones are found at the beginning; at is in seconds.
CREATE TABLE IF NOT EXISTS seen (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, at INTEGER NOT NULL);
