package api

import (
	"context"
	"errors"
	"fmt"
)

// Check asks the platform for a token, whether or not there is one, and returns in words, Chinese and English, why it gives none;
// it is empty when all is well. A platform that knows no tokens has been reached all the same.
func (c *Client) Check(ctx context.Context) (because string) {
	_, err := (&Client{Base: c.Base, Key: c.Key, Secret: c.Secret, HTTP: c.HTTP, Now: c.Now, Patience: c.Patience}).token(ctx)
	var refusal *Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refusal) && refusal.Code != 0:
		return fmt.Sprintf("抖音不接受应用的凭证（%d），请检查 client_key 和 client_secret。Douyin does not accept the app's credentials (%[1]d); check client_key and client_secret.", refusal.Code)
	case errors.As(err, &refusal):
		return fmt.Sprintf("抖音拒绝了请求：HTTP %d。Douyin refused with HTTP status %[1]d.", refusal.Status)
	}
	return "连接不上抖音，请检查 KELIU_DOUYIN_API。Douyin cannot be reached; check KELIU_DOUYIN_API."
}
