package parley_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

func TestIDsAreNewSortByTimeAndAreReadAgain(t *testing.T) {
	before := time.Now().Add(-time.Second)
	var last parley.ID
	for range 20_000 { // more than fit into one millisecond
		id := parley.NewID()
		if id <= last || id.String() <= last.String() {
			t.Fatalf("%s comes after %s", id, last)
		}
		last = id
	}
	if made := last.Time(); made.Before(before) || made.After(time.Now().Add(time.Second)) {
		t.Errorf("made at %s", made)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC)
	if a, b := parley.NewIDAt(at), parley.NewIDAt(at); !a.Time().Equal(at) || a >= b {
		t.Errorf("brought in at %s as %s and %s, of %s", at, a, b, a.Time())
	}
}

func TestWhatIsNoIDIsRefused(t *testing.T) {
	for _, s := range []string{"0", "06ypzck8e700", "06ypzck8e70000", "06ypzck8e700i", "06ypzck8e700-", "zzzzzzzzzzzzz", "06ypzck8e700\x00", "06ypzck8e70é", " 6ypzck8e7000"} {
		if id, err := parley.ParseID(s); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("%q is %s, %v", s, id, err)
		}
	}
	if id, err := parley.ParseID(""); err != nil || id != parley.None {
		t.Errorf("nothing is %s, %v", id, err)
	}
}

func FuzzParseID(f *testing.F) {
	for _, s := range []string{"", "06ypzck8e7000", "06YPZCK8E7000", "7zzzzzzzzzzzz", "8000000000000", "06ypzck8e700l", "-1", "0x1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := parley.ParseID(s)
		if err != nil {
			if !errors.Is(err, parley.ErrInvalid) {
				t.Error(err)
			}
			return
		}
		if got := id.String(); id != parley.None && got != strings.ToLower(s) {
			t.Errorf("%q is read as %q: two spellings of one", s, got)
		}
		if id < 0 {
			t.Errorf("%q is %d", s, int64(id))
		}
		text, err := json.Marshal(id)
		var again parley.ID
		if err != nil || json.Unmarshal(text, &again) != nil || again != id {
			t.Errorf("%q becomes %s and that %s", s, text, again)
		}
	})
}
