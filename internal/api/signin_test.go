package api_test

import (
	"net/http"
	"testing"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

func TestFirstOwner(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		var me identity.Me
		owner.must(http.MethodGet, "/me", nil, 200, &me)
		if me.Role != parley.Owner || me.Email != "olga@harbour.example" || me.Handle != "olga" || len(me.Hours) != 1 || !me.HasPassword {
			t.Errorf("the owner is %+v", me)
		}
		h.stranger().refused(http.MethodGet, "/me", nil, 401)
	})
}
