// Package password hashes the staff's passwords.
package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Hash hashes a password: Argon2id with its parameters and salt.
func Hash(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt)
	return "argon2id$" + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(derive(password, salt))
}

// derive takes the parameters that OWASP recommends: 19 MiB, two passes, one lane.
func derive(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, 2, 19<<10, 1, 32)
}

// Matches reports whether a password is that of a hash. It compares in constant time. A hash that is broken matches nothing, and takes as long.
func Matches(hash, password string) bool {
	parts := strings.Split(hash, "$")
	salt, key := make([]byte, 16), []byte(nil)
	if len(parts) == 3 && parts[0] == "argon2id" {
		var failed [2]error
		salt, failed[0] = base64.RawStdEncoding.DecodeString(parts[1])
		key, failed[1] = base64.RawStdEncoding.DecodeString(parts[2])
		if errors.Join(failed[:]...) != nil {
			key = nil
		}
	}
	return subtle.ConstantTimeCompare(derive(password, salt), key) == 1
}
