package store_test

import (
	"testing"

	"keliu/functions/knowledge"
	"keliu/functions/knowledge/shelftest"
	"keliu/functions/store"
)

var _ knowledge.Shelf = (*store.Store)(nil)

func TestTheStoreIsAShelf(t *testing.T) {
	shelftest.Run(t, func(t *testing.T) knowledge.Shelf { return open(t, t.TempDir()) })
}
