package store

import (
	"context"

	"keliu/functions/store/database"
	"keliu/functions/store/whole"
	"keliu/streams/desk"
)

// Each reads all of a kind of record and hands every row's scan function to visit. whole.Query says what a row holds.
func (s *Store) Each(ctx context.Context, kind string, visit func(scan func(...any) error) error) error {
	query := whole.Query(kind)
	if query == "" {
		return database.Wrap(desk.ErrNotFound, "records %q", kind)
	}
	return database.Wrap(s.Rows(ctx, query, nil, visit), "%s", kind)
}
