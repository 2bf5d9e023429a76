package database

import (
	"context"
	"encoding/json"
	"fmt"
)

// Body reads the JSON of one row.
func (db *DB) Body(ctx context.Context, into any, query string, args ...any) error {
	var text string
	if err := db.One(ctx, query, args, &text); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), into)
}

// Bodies reads the JSON of every row.
func Bodies[T any](ctx context.Context, db *DB, query string, args ...any) (all []T, err error) {
	err = db.Rows(ctx, query, args, func(scan func(...any) error) error {
		var text string
		if err := scan(&text); err != nil {
			return err
		}
		var v T
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return err
		}
		all = append(all, v)
		return nil
	})
	if err != nil {
		var v T
		return nil, fmt.Errorf("list %T: %w", v, err)
	}
	return all, nil
}

// Wrap says in which undertaking an error came about; nil stays nil.
func Wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}
