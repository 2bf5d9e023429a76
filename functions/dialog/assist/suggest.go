package assist

import (
	"context"

	"keliu/streams/desk"
)

// Suggest returns the n-th best answer to what the customer said last, for somebody with a role.
func (a *Assistant) Suggest(ctx context.Context, id desk.ConversationID, role string, n int) (Suggestion, error) {
	if _, err := a.State.Conversation(ctx, id); err != nil {
		return Suggestion{}, err
	}
	return Suggestion{N: n, Basis: OnNothing, Citations: []Backing{}}, nil
}
