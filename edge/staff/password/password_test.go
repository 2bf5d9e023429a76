package password_test

import (
	"strings"
	"testing"

	"keliu/edge/staff/password"
)

func TestPasswords(t *testing.T) {
	hash := password.Hash("一个好密码 1")
	if !password.Matches(hash, "一个好密码 1") {
		t.Error("the right password does not match")
	}
	if hash == password.Hash("一个好密码 1") {
		t.Error("two hashes of one password are the same")
	}
	if strings.Contains(hash, "密码") {
		t.Error("the hash holds the password")
	}
	for name, c := range map[string][2]string{
		"another password": {hash, "一个好密码 2"},
		"nothing":          {hash, ""},
		"no hash":          {"", ""},
		"half a hash":      {hash[:20], "一个好密码 1"},
		"another kind":     {strings.Replace(hash, "argon2id", "plain", 1), "一个好密码 1"},
		"no key":           {hash[:strings.LastIndex(hash, "$")+1], ""},
	} {
		if password.Matches(c[0], c[1]) {
			t.Errorf("%s matches", name)
		}
	}
}
