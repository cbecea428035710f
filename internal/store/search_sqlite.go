package store

import (
	"context"

	"github.com/parley-im/parley/internal/parley"
)

// searchSQLite reads FTS5's lists from the newest message on. For somebody in many conversations it first looks at the
// newest that match, wherever they are: that is quicker than to join the lists of all conversations, and most searches
// end in the first round.
func (db *DB) searchSQLite(ctx context.Context, s Search, first, last parley.ID) (found []parley.ID, err error) {
	const most = 16384 // matches that are looked at so
	if len(s.In) > searchRooms {
		for round := most / 16; round <= most; round *= 4 {
			hits, err := All(ctx, db, scanHit, `SELECT m.id, m.conversation_id FROM (
					SELECT rowid AS id FROM message_search WHERE message_search MATCH ? AND rowid >= ? AND rowid < ?
					ORDER BY rowid DESC LIMIT ?) s
				CROSS JOIN message m ON m.id = s.id ORDER BY s.id DESC`, s.anywhere(SQLite), first, last, round)
			if err != nil {
				return nil, err
			}
			visible := s.visible(hits)
			found = append(found, visible...)
			if s.Limit -= len(visible); s.Limit == 0 || len(hits) < round {
				return found, nil
			}
			last = hits[len(hits)-1].id
		}
	}
	more, err := All(ctx, db, Value[parley.ID], `SELECT rowid FROM message_search WHERE message_search MATCH ? AND rowid >= ? AND rowid < ?
		ORDER BY rowid DESC LIMIT ?`, s.within(SQLite), first, last, s.Limit)
	return append(found, more...), err
}
