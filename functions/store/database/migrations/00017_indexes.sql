-- +goose Up
-- The workbench asks for everything of one customer all the time.
CREATE INDEX conversations_customer ON conversations (customer);
ALTER TABLE callbacks ADD COLUMN customer TEXT NOT NULL DEFAULT '';
UPDATE callbacks SET customer = substr(body, instr(body, '"customer":"') + 12);
UPDATE callbacks SET customer = substr(customer, 1, instr(customer, '"') - 1);
CREATE INDEX callbacks_customer ON callbacks (customer, at);

-- +goose Down
DROP INDEX callbacks_customer;
ALTER TABLE callbacks DROP COLUMN customer;
DROP INDEX conversations_customer;
