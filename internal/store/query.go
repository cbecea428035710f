package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"
)

// Reader is what reads: a *DB, which sees what was committed, or a *Tx, which also sees its own writes.
type Reader interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *Row
}

// Scanner is one row of a result.
type Scanner interface {
	Scan(dest ...any) error
}

// Row is the first row of a result, or the error. Scan's error wraps parley.ErrNotFound when there is no row.
type Row struct {
	row *sql.Row
	err error
	tx  *Tx // that wants to know of errors; nil outside of one
}

// Scan copies the columns into dest.
func (r *Row) Scan(dest ...any) error {
	err := r.err
	if err == nil {
		err = r.row.Scan(dest...)
	}
	if r.tx != nil {
		return r.tx.note(err)
	}
	return kind(err)
}

// All returns every row of the query, each read by scan; nil when there are none.
func All[T any](ctx context.Context, r Reader, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := r.Query(ctx, query, args...)
	return Collect(rows, err, func(rows *sql.Rows) (T, error) { return scan(rows) })
}

// One returns the first row of the query, read by scan. The error wraps parley.ErrNotFound when there is none.
func One[T any](ctx context.Context, r Reader, scan func(Scanner) (T, error), query string, args ...any) (T, error) {
	return scan(r.QueryRow(ctx, query, args...))
}

// Value scans a row of one column: store.All(ctx, db, store.Value[parley.ID], `SELECT id ...`).
func Value[T any](s Scanner) (v T, err error) {
	err = s.Scan(&v)
	return v, err
}

// Collect reads the rows that a query returned, to the end, and closes them.
func Collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, kind(err)
		}
		all = append(all, v)
	}
	return all, kind(rows.Err())
}

// Marks returns n question marks for IN (...), and Args the values as arguments.
func Marks(n int) string {
	if n <= 0 {
		return "NULL" // IN (NULL) holds for nothing
	}
	return strings.Repeat("?, ", n-1) + "?"
}

// Args returns the values as arguments of a query.
func Args[T any](values []T) []any {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return args
}

// Query reads what was committed.
func (db *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if db.dialect == Postgres {
		rows, err := db.read.QueryContext(ctx, db.dollars(query), args...)
		return rows, kind(err)
	}
	if stmt, err := db.reads.get(ctx, query); err != nil {
		return nil, kind(err)
	} else if stmt != nil {
		rows, err := stmt.QueryContext(ctx, args...)
		return rows, kind(err)
	}
	rows, err := db.read.QueryContext(ctx, query, args...)
	return rows, kind(err)
}

// QueryRow reads the first row of what was committed.
func (db *DB) QueryRow(ctx context.Context, query string, args ...any) *Row {
	if db.dialect == Postgres {
		return &Row{row: db.read.QueryRowContext(ctx, db.dollars(query), args...)}
	}
	if stmt, err := db.reads.get(ctx, query); err != nil {
		return &Row{err: err}
	} else if stmt != nil {
		return &Row{row: stmt.QueryRowContext(ctx, args...)}
	}
	return &Row{row: db.read.QueryRowContext(ctx, query, args...)}
}

// dollars returns the query with $1, $2 ... for its question marks, as PostgreSQL wants them. Question marks within
// quotes and comments stay.
func (db *DB) dollars(query string) string {
	if t, ok := db.texts.Load(query); ok {
		return t.(string)
	}
	t := dollars(query)
	if keep(query) {
		db.texts.Store(query, t)
	}
	return t
}

func dollars(query string) string {
	var b strings.Builder
	n := 0
	for i := 0; i < len(query); i++ {
		end := i
		switch c := query[i]; {
		case c == '?':
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
			continue
		case c == '\'' || c == '"':
			end = closing(query, i+1, string(c))
		case strings.HasPrefix(query[i:], "--"):
			end = closing(query, i+2, "\n")
		case strings.HasPrefix(query[i:], "/*"):
			end = closing(query, i+2, "*/")
		}
		b.WriteString(query[i : end+1])
		i = end
	}
	return b.String()
}

// closing returns the index of the last byte of the first end at or after from, or of the query.
func closing(query string, from int, end string) int {
	if at := strings.Index(query[from:], end); at >= 0 {
		return from + at + len(end) - 1
	}
	return len(query) - 1
}

// Texts with many values are lists, of which there are many: they are not worth keeping.
const keptMarks, keptTexts = 24, 1024

func keep(query string) bool { return strings.Count(query, "?") <= keptMarks }

// statements keeps one prepared statement for each text, so that SQLite parses it once per connection.
type statements struct {
	pool *sql.DB
	mu   sync.RWMutex
	kept map[string]*sql.Stmt
}

// get returns the statement of the query, or nil when this text is not worth one.
func (s *statements) get(ctx context.Context, query string) (*sql.Stmt, error) {
	s.mu.RLock()
	stmt, n := s.kept[query], len(s.kept)
	s.mu.RUnlock()
	if stmt != nil || n >= keptTexts || !keep(query) {
		return stmt, nil
	}
	stmt, err := s.pool.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first := s.kept[query]; first != nil {
		_ = stmt.Close()
		return first, nil
	}
	if s.kept == nil {
		s.kept = map[string]*sql.Stmt{}
	}
	s.kept[query] = stmt
	return stmt, nil
}

// peek returns the statement of the query if it was prepared before.
func (s *statements) peek(query string) *sql.Stmt {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.kept[query]
}
