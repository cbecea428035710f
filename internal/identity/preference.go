package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// maxPreferences is how many bytes of JSON the preferences of a person may have.
const maxPreferences = 16 << 10

// The preferences that the server itself heeds or that all apps share; an app may keep others of its own.
var knownPreferences = map[string]func(any) bool{
	"read_receipts":  isBool, // others see how far one has read, in direct and group conversations
	"show_presence":  isBool, // others see whether one is there
	"enter_sends":    isBool,
	"write_markdown": isBool, // in a field that shows the Markdown itself
	"theme":          oneOf("auto", "light", "dark"),
	"density":        oneOf("calm", "dense"),
}

func isBool(v any) bool { _, ok := v.(bool); return ok }

func oneOf(values ...string) func(any) bool {
	return func(v any) bool { s, ok := v.(string); return ok && slices.Contains(values, s) }
}

// hidesPresence reads one preference without reading all.
func hidesPresence(preferences string) bool {
	if !strings.Contains(preferences, "show_presence") {
		return false
	}
	var p struct {
		ShowPresence *bool `json:"show_presence"`
	}
	return json.Unmarshal([]byte(preferences), &p) == nil && p.ShowPresence != nil && !*p.ShowPresence
}

// Preferences returns what a person has set for themselves; what is absent has its default.
func (s *Service) Preferences(ctx context.Context, id parley.ID) (map[string]any, error) {
	return preferences(ctx, s.db, id)
}

func preferences(ctx context.Context, r store.Reader, id parley.ID) (map[string]any, error) {
	var text string
	if err := r.QueryRow(ctx, `SELECT preferences FROM person WHERE id = ?`, id).Scan(&text); err != nil {
		return nil, fmt.Errorf("preferences of %s: %w", id, err)
	}
	set := map[string]any{}
	return set, json.Unmarshal([]byte(text), &set)
}

// ChangePreferences merges change into them (RFC 7396): null takes one away, the others stay.
func (s *Service) ChangePreferences(ctx context.Context, id parley.ID, change map[string]any) (merged map[string]any, err error) {
	for name, v := range change {
		if valid, known := knownPreferences[name]; known && v != nil && !valid(v) {
			return nil, parley.Invalid(printable(name, 40), "value", "is not a value of this preference")
		}
		if len(name) > 64 || strings.ContainsFunc(name, hidden) {
			return nil, parley.Invalid("preferences", "name", "must have names of at most 64 bytes")
		}
	}
	_, err = s.changePerson(ctx, id, func(ctx context.Context, tx *store.Tx) (columns, error) {
		if merged, err = preferences(ctx, tx, id); err != nil {
			return nil, err
		}
		merged = merge(merged, change).(map[string]any)
		text, err := json.Marshal(merged)
		if err != nil {
			return nil, err
		}
		if len(text) > maxPreferences {
			return nil, parley.Invalid("preferences", "too_large", fmt.Sprintf("must have at most %d bytes together", maxPreferences))
		}
		if strings.Contains(string(text), `\u0000`) {
			return nil, parley.Invalid("preferences", "characters", "must not have a zero character")
		}
		return columns{{"preferences", string(text)}}, nil
	})
	return merged, err
}

// merge is MergePatch of RFC 7396 section 2.
func merge(target, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := map[string]any{}
	if old, ok := target.(map[string]any); ok {
		merged = old
	}
	for name, v := range changes {
		if v == nil {
			delete(merged, name)
		} else {
			merged[name] = merge(merged[name], v)
		}
	}
	return merged
}
