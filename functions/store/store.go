// Package store keeps the present state: conversations and what was said in them, the queue, the people.
package store

import (
	"context"

	"keliu/functions/store/database"
)

// A Store is the present state. It is safe for concurrent use.
type Store struct{ *database.DB }

// Open opens the store that address names and brings its schema up to date. The address is "sqlite:" for keliu.db in dir,
// or "sqlite:PATH".
func Open(ctx context.Context, address, dir string) (*Store, error) {
	db, err := database.Open(ctx, address, dir)
	if err != nil {
		return nil, err
	}
	return &Store{db}, nil
}

// Await waits until the store that address names can be opened, and says to waiting why it cannot yet. It fails with desk.ErrInvalid at
// once when it never can be.
func Await(ctx context.Context, address string, waiting func(error)) error {
	return database.Await(ctx, address, waiting)
}
