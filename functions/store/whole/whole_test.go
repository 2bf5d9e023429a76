package whole

import (
	"os"
	"testing"

	"keliu/functions/store/database"
	"keliu/functions/store/storetest"
)

// Every query is one that every database understands.
func TestQueriesRun(t *testing.T) {
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), func(t *testing.T, address string) {
		db, err := database.Open(t.Context(), address, "")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for kind, query := range queries {
			if err := db.Rows(t.Context(), query, nil, func(func(...any) error) error { return nil }); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
	})
}
