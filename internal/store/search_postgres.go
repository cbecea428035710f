package store

import (
	"context"

	"github.com/parley-im/parley/internal/parley"
)

// searchPostgres looks at some thousands of the newest messages one by one, which fills a page for every common word, and
// at more of them; what does not fill it so is rare enough to be taken from the index and sorted.
//
// Left alone with "the newest that match", the planner has to guess how rare a word is. When it guesses wrong it walks
// all messages backwards for a rare one, or sorts half of them for a common one: 300 ms and more at a million, where
// this takes a few. (id + 0 is no index's order, so that it does not walk.)
func (db *DB) searchPostgres(ctx context.Context, s Search, first, last parley.ID) (found []parley.ID, err error) {
	for _, window := range []int{4096, 32768} { // 1 ms, 10 ms
		if len(s.In) > searchRooms {
			hits, err := All(ctx, db, scanHit, `SELECT m.id, m.conversation_id FROM (
					SELECT message_id, words FROM message_search WHERE message_id >= ? AND message_id < ? ORDER BY message_id DESC LIMIT ?) n
				JOIN message m ON m.id = n.message_id WHERE n.words @@ CAST(? AS TSQUERY) ORDER BY m.id DESC`,
				first, last, window, s.anywhere(Postgres))
			if err != nil {
				return nil, err
			}
			found = s.visible(hits)
		} else {
			found, err = All(ctx, db, Value[parley.ID], `SELECT message_id FROM (
					SELECT message_id, words FROM message_search WHERE message_id >= ? AND message_id < ? ORDER BY message_id DESC LIMIT ?) n
				WHERE words @@ CAST(? AS TSQUERY) ORDER BY message_id DESC LIMIT ?`,
				first, last, window, s.within(Postgres), s.Limit)
		}
		if err != nil || len(found) == s.Limit {
			return found, err
		}
	}
	return All(ctx, db, Value[parley.ID], `SELECT message_id FROM message_search WHERE message_id >= ? AND message_id < ?
		AND words @@ CAST(? AS TSQUERY) ORDER BY message_id + 0 DESC LIMIT ?`, first, last, s.within(Postgres), s.Limit)
}
