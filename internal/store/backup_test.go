package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// post adds the next message of the conversation, as package conversation does, and returns its seq.
func post(ctx context.Context, db *store.DB, in parley.ID) (seq int64, err error) {
	err = db.Write(ctx, in, func(ctx context.Context, tx *store.Tx) error {
		err := tx.QueryRow(ctx, `UPDATE conversation SET last_seq = last_seq + 1 WHERE id = ? RETURNING last_seq`, in).Scan(&seq)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO message (id, conversation_id, seq, change, author_id, kind, via, body, html, created_at)
			VALUES (?, ?, ?, ?, 1, 'text', 'app', 'hello', '', 0)`, parley.NewID(), in, seq, seq)
		return err
	})
	return seq, err
}

func begin(t *testing.T, db *store.DB, conversations int) {
	t.Helper()
	for c := range conversations {
		if err := db.Write(t.Context(), 1, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO conversation (id, kind, visibility, created_by, created_at) VALUES (?, 'channel', 'public', 1, 0)`, c+1)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// expectSeqs checks that each conversation has 1, 2, 3 ... last_seq, once each, and at least what was acknowledged.
func expectSeqs(t *testing.T, db *store.DB, acknowledged []int64) {
	t.Helper()
	for c, least := range acknowledged {
		var n, last, lastSeq int64
		if err := db.QueryRow(t.Context(), `SELECT count(m.id), coalesce(max(m.seq), 0), max(c.last_seq) FROM conversation c
			LEFT JOIN message m ON m.conversation_id = c.id WHERE c.id = ?`, c+1).Scan(&n, &last, &lastSeq); err != nil {
			t.Fatal(err)
		}
		if n != last || last != lastSeq || last < least {
			t.Errorf("conversation %d: %d messages, the last is %d, last_seq %d; %d were acknowledged", c+1, n, last, lastSeq, least)
		}
	}
}

func TestABackupWhileOthersWriteHasAllThatWasAcknowledgedBefore(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		db := storetest.Open(t, o)
		begin(t, db, 4)
		var acknowledged [4]atomic.Int64
		writing, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		enough := make(chan struct{})
		var once sync.Once
		for c := range acknowledged {
			for range 4 {
				wg.Go(func() {
					for writing.Err() == nil {
						seq, err := post(writing, db, parley.ID(c+1))
						if err != nil {
							if writing.Err() == nil {
								t.Error(err)
							}
							return
						}
						for was := acknowledged[c].Load(); was < seq && !acknowledged[c].CompareAndSwap(was, seq); {
							was = acknowledged[c].Load()
						}
						if seq > 100 {
							once.Do(func() { close(enough) })
						}
					}
				})
			}
		}
		<-enough
		blob := filepath.Join(o.Dir, "blobs", "ab", "abcd")
		if err := errors.Join(os.MkdirAll(filepath.Dir(blob), 0o700), os.WriteFile(blob, []byte("a picture"), 0o600)); err != nil {
			t.Fatal(err)
		}
		var before []int64
		for c := range acknowledged {
			before = append(before, acknowledged[c].Load())
		}
		var backup bytes.Buffer
		if err := db.Backup(t.Context(), &backup); err != nil {
			t.Fatal(err)
		}
		stop()
		wg.Wait()

		to := storetest.Options(t, db.Dialect())
		if err := store.Restore(t.Context(), bytes.NewReader(backup.Bytes()[:backup.Len()/2]), to); err == nil {
			t.Error("half a backup was restored")
		}
		if err := store.Restore(t.Context(), bytes.NewReader(backup.Bytes()), to); err != nil {
			t.Fatal(err)
		}
		restored := storetest.Open(t, to)
		expectSeqs(t, restored, before)
		if restored.Epoch() == db.Epoch() {
			t.Error("the restored database continues the streams of the other")
		}
		if text, err := os.ReadFile(filepath.Join(to.Dir, "blobs", "ab", "abcd")); err != nil || string(text) != "a picture" {
			t.Errorf("blob: %q, %v", text, err)
		}
		if err := store.Restore(t.Context(), bytes.NewReader(backup.Bytes()), to); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("restore into a folder that is used: %v", err)
		}
		if db.Dialect() == store.Postgres {
			o.Dir = t.TempDir()
			if err := store.Restore(t.Context(), bytes.NewReader(backup.Bytes()), o); !errors.Is(err, parley.ErrConflict) {
				t.Errorf("restore into a database that is used: %v", err)
			}
		}
	})
}
