// Package business reaches the shop's own systems: its orders, shipments, members and products. Shop keeps them
// in memory, for the demo and for tests; Connector asks a company's own server.
package business

import (
	"time"

	"keliu/streams/desk"
)

// china is where the shop's days begin and end.
var china = time.FixedZone("CST", 8*60*60)

// A Member is a customer whom the shop knows.
type Member struct {
	ID    desk.MemberID `json:"id"`
	Name  string        `json:"name"`
	Phone string        `json:"phone"` // 11 digits
	Level string        `json:"level,omitempty"`
}

// A Product is something the shop sells.
type Product struct {
	SKU     string   `json:"sku"`
	Name    string   `json:"name"`
	English string   `json:"english,omitempty"`
	Kinds   []string `json:"kinds,omitempty"` // what it is, in customers' words; the first names its shelf
	Uses    []string `json:"uses,omitempty"`  // what it is good for
	Price   int64    `json:"price"`           // fen
	Stock   int      `json:"stock"`
	Facts   []Fact   `json:"facts,omitempty"`
}

// A Fact is one thing worth knowing about a product.
type Fact struct {
	Chinese string `json:"zh"`
	English string `json:"en,omitempty"`
}

// A Wish is what somebody would like to buy.
type Wish struct {
	Words string // as the customer said it; empty wishes for anything
	Min   int64  // fen
	Max   int64  // fen; 0 sets no limit
}
