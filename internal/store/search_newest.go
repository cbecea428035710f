package store

import (
	"context"
	"strings"

	"github.com/parley-im/parley/internal/parley"
)

// newestMatches are the ways to read the newest ids that match, to be tried one after the other until one fills the page;
// the last one reads them all.
//
// FTS5 walks its lists from the newest id. PostgreSQL either walks the table from the newest id, which for a rare word
// means nearly all of it, or takes the matches from the index and sorts them, which for a common word does. Its planner
// cannot know which word is rare, so it is not asked: some thousands of the newest are looked at (2 ms), which fills a
// page for every common word; what does not is rare enough for the index. (id + 0 is no index's order.)
var newestMatches = map[Dialect][]string{
	SQLite: {
		`SELECT rowid AS id FROM message_search WHERE rowid >= ? AND rowid < ? AND message_search MATCH ?
			ORDER BY rowid DESC LIMIT ?`,
	},
	Postgres: {
		`SELECT id FROM (SELECT message_id AS id, words FROM message_search WHERE message_id >= ? AND message_id < ?
				ORDER BY message_id DESC LIMIT 8192) n
			WHERE words @@ CAST(? AS TSQUERY) ORDER BY id DESC LIMIT ?`,
		`SELECT message_id AS id FROM message_search WHERE message_id >= ? AND message_id < ? AND words @@ CAST(? AS TSQUERY)
			ORDER BY message_id + 0 DESC LIMIT ?`,
	},
}

// matches stands for one of newestMatches.
const matches = "MATCHES"

// withPlace adds to each id in which conversation it is.
var withPlace = map[Dialect]string{
	SQLite:   `SELECT m.id, m.conversation_id FROM (MATCHES) s CROSS JOIN message m ON m.id = s.id ORDER BY s.id DESC`,
	Postgres: `SELECT m.id, m.conversation_id FROM (MATCHES) s JOIN message m ON m.id = s.id ORDER BY s.id DESC`,
}

// newest reads up to limit of the newest matches from first (inclusive) to last (exclusive), newest first. around is what
// is asked about the matches.
func newest[T any](ctx context.Context, db *DB, scan func(Scanner) (T, error), around, match string, first, last parley.ID, limit int) (found []T, err error) {
	for _, query := range newestMatches[db.dialect] {
		found, err = All(ctx, db, scan, strings.Replace(around, matches, query, 1), first, last, match, limit)
		if err != nil || len(found) == limit {
			break
		}
	}
	return found, err
}
