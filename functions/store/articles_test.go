package store_test

import (
	"testing"

	"keliu/functions/knowledge"
	"keliu/functions/knowledge/shelftest"
	"keliu/functions/store"
	"keliu/functions/store/storetest"
)

var _ knowledge.Shelf = (*store.Store)(nil)

func TestTheStoreIsAShelf(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		shelftest.Run(t, func(t *testing.T) knowledge.Shelf { return open(t, storetest.Address(t, address)) })
	})
}
