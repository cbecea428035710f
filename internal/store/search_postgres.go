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
		return db.searchPostgresMany(ctx, s, first, last)
	}
	found, err = All(ctx, db, Value[parley.ID], `SELECT message_id FROM (
			SELECT message_id, words FROM message_search WHERE message_id >= ? AND message_id < ? ORDER BY message_id DESC LIMIT 4096) n
		WHERE words @@ CAST(? AS TSQUERY) ORDER BY message_id DESC LIMIT ?`, first, last, s.within(Postgres), s.Limit)
	if err != nil || len(found) == s.Limit {
		return found, err
	}
	return All(ctx, db, Value[parley.ID], `SELECT message_id FROM message_search
		WHERE words @@ CAST(? AS TSQUERY) AND message_id + 0 >= ? AND message_id + 0 < ? ORDER BY message_id + 0 DESC LIMIT ?`,
		s.within(Postgres), first, last, s.Limit)
}

// searchPostgresMany is for somebody in many conversations. It never asks the index for all of them, as that compares
// every message in them with every one of their lists: seconds at a million. What the newest messages do not fill a page
// with is either rare, so all that match are taken wherever they are; or it is common but rare where one may look, so
// what one sees is read from the newest on.
func (db *DB) searchPostgresMany(ctx context.Context, s Search, first, last parley.ID) (found []parley.ID, err error) {
	for _, newest := range []int{4096, 32768} { // 1 ms, 10 ms
		if found, err = db.searchNewest(ctx, s, first, last, newest); err != nil || len(found) == s.Limit {
			return found, err
		}
	}
	found, all, err := db.searchFew(ctx, s, first, last)
	if err != nil || all {
		return found, err
	}
	// (OFFSET 0 keeps the condition on the words out of what is sorted: it costs most, and is asked until a page is full.)
	return All(ctx, db, Value[parley.ID], `SELECT at FROM (
			SELECT id + 0 AS at FROM message WHERE conversation_id = ANY(?) AND id + 0 >= ? AND id + 0 < ? ORDER BY at DESC OFFSET 0) m
		WHERE (SELECT words FROM message_search WHERE message_id = at) @@ CAST(? AS TSQUERY) ORDER BY at DESC LIMIT ?`,
		s.In, first, last, s.anywhere(Postgres), s.Limit)
}

// searchNewest looks at so many of the newest messages one by one, until a page is full. (Where a message is, is asked for
// each that matches: as a join, the planner would rather read all messages than believe that a few will do.)
func (db *DB) searchNewest(ctx context.Context, s Search, first, last parley.ID, newest int) ([]parley.ID, error) {
	return All(ctx, db, Value[parley.ID], `SELECT message_id FROM (
			SELECT message_id, words FROM message_search WHERE message_id >= ? AND message_id < ? ORDER BY message_id DESC LIMIT ?) n
		WHERE words @@ CAST(? AS TSQUERY) AND (SELECT conversation_id FROM message WHERE id = message_id) = ANY(?)
		ORDER BY message_id DESC LIMIT ?`, first, last, newest, s.anywhere(Postgres), s.In, s.Limit)
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
