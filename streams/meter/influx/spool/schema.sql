-- What was added and is not at the server yet, in the order it came. A number is never used twice.
CREATE TABLE IF NOT EXISTS waiting (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, points TEXT NOT NULL);
-- What the server will never take, with its words.
CREATE TABLE IF NOT EXISTS refused (n INTEGER PRIMARY KEY, id TEXT NOT NULL, points TEXT NOT NULL, reason TEXT NOT NULL);
