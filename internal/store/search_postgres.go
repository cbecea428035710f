package store

import (
	"context"

	"github.com/parley-im/parley/internal/parley"
)

// searchPostgres looks at some thousands of the newest messages one by one, which fills a page for every common word; what
// does not fill it so is rare enough to be taken from the index and sorted.
//
// Left alone with "the newest that match", the planner has to guess how rare a word is. When it guesses wrong it walks
// all messages backwards for a rare one, or sorts half of them for a common one: 300 ms and more at a million, where
// this takes a few. (message_id + 0 is no index's: neither the order nor the bounds are to be looked up in one.)
func (db *DB) searchPostgres(ctx context.Context, s Search, first, last parley.ID) (found []parley.ID, err error) {
	if len(s.In) > searchRooms {
		// To join the lists of so many conversations is dear where they are long. So more is looked at before it comes to that.
		for _, newest := range []int{4096, 32768} { // 1 ms, 10 ms
			hits, err := All(ctx, db, scanHit, `SELECT m.id, m.conversation_id FROM (
					SELECT message_id, words FROM message_search WHERE message_id >= ? AND message_id < ? ORDER BY message_id DESC LIMIT ?) n
				JOIN message m ON m.id = n.message_id WHERE n.words @@ CAST(? AS TSQUERY) ORDER BY m.id DESC`,
				first, last, newest, s.anywhere(Postgres))
			if err != nil {
				return nil, err
			}
			if found = s.visible(hits); len(found) == s.Limit {
				return found, nil
			}
		}
		found, all, err := db.searchFew(ctx, s, first, last)
		if err != nil || all {
			return found, err
		}
		// Common words, but hardly ever where one may look: the lists of those conversations are short.
	} else {
		found, err = All(ctx, db, Value[parley.ID], `SELECT message_id FROM (
				SELECT message_id, words FROM message_search WHERE message_id >= ? AND message_id < ? ORDER BY message_id DESC LIMIT 4096) n
			WHERE words @@ CAST(? AS TSQUERY) ORDER BY message_id DESC LIMIT ?`, first, last, s.within(Postgres), s.Limit)
		if err != nil || len(found) == s.Limit {
			return found, err
		}
	}
	return All(ctx, db, Value[parley.ID], `SELECT message_id FROM message_search
		WHERE words @@ CAST(? AS TSQUERY) AND message_id + 0 >= ? AND message_id + 0 < ? ORDER BY message_id + 0 DESC LIMIT ?`,
		s.within(Postgres), first, last, s.Limit)
}

// fewMatches is how many matches are fetched to see where they stand, when more conversations may be looked at than the
// index should be asked for.
const fewMatches = 6_000

// searchFew takes all that match, wherever they stand, from the index, and keeps what may be seen. all is false when
// there are too many for that.
func (db *DB) searchFew(ctx context.Context, s Search, first, last parley.ID) (found []parley.ID, all bool, err error) {
	hits, err := All(ctx, db, scanHit, `SELECT m.id, m.conversation_id FROM (
			SELECT message_id FROM message_search WHERE words @@ CAST(? AS TSQUERY) AND message_id + 0 >= ? AND message_id + 0 < ? LIMIT ?) n
		JOIN message m ON m.id = n.message_id ORDER BY m.id DESC`, s.anywhere(Postgres), first, last, fewMatches+1)
	if err != nil || len(hits) > fewMatches {
		return nil, false, err
	}
	return s.visible(hits), true, nil
}
