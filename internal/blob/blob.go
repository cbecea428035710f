// Package blob keeps files: bytes under the SHA-256 of what they are, on a local disk or in an S3 bucket.
//
// The same content is kept once; what is kept never changes, so it may be cached for ever. It knows bytes, sizes and
// what kind of content they look like, and how a browser may be given them; it must not know who owns them
// or what they are called: that is a row in the database.
package blob

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/url"
	"regexp"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// Ref is what Put found out about the content.
type Ref struct {
	Hash      string // SHA-256, 64 lower-case hex digits
	Size      int64  // bytes
	MediaType string // by looking at the first bytes: "image/png", "text/plain; charset=utf-8", else application/octet-stream
}

// Object is an open blob. It can seek, as http.ServeContent wants it for ranges. Close it.
type Object struct {
	io.ReadSeekCloser
	Size    int64     // bytes
	ModTime time.Time // when the content was last put
}

// Entry is one blob in a listing.
type Entry struct {
	Hash    string
	Size    int64     // bytes
	ModTime time.Time // when the content was last put: what is not in use and older than an hour may be deleted
}

// Store is where blobs are kept. Its methods may be called from many goroutines.
type Store struct{ place place }

// place is a disk or a bucket. Its methods get valid hashes only.
type place interface {
	put(ctx context.Context, r io.Reader, limit int64) (Ref, error)
	get(ctx context.Context, hash string) (*Object, error)
	delete(ctx context.Context, hash string) error
	all(ctx context.Context) iter.Seq2[Entry, error]
	close() error
}

// Open opens the store at a URL:
//
//	file:///var/lib/parley/blobs           a folder, made when it is not there
//	s3://bucket?region=eu-central-1        Amazon S3 or what speaks like it: endpoint=, use_path_style=true,
//	                                       prefix=; credentials come from the environment as for all AWS tools
//
// A URL that cannot be meant wraps parley.ErrInvalid, a place that cannot be used parley.ErrUnavailable.
func Open(ctx context.Context, location string) (*Store, error) {
	u, err := url.Parse(location)
	if err != nil {
		return nil, fmt.Errorf("open blobs: %w: %w", parley.ErrInvalid, err)
	}
	var p place
	switch {
	case u.Scheme == "file" && u.Host == "" && u.Path != "":
		p, err = openDisk(u.Path)
	case u.Scheme == "s3" && u.Host != "":
		p, err = openBucket(ctx, u)
	default:
		return nil, fmt.Errorf("open blobs at %s: want file:///folder or s3://bucket: %w", u.Redacted(), parley.ErrInvalid)
	}
	if err != nil {
		return nil, fmt.Errorf("open blobs at %s: %w", u.Redacted(), err)
	}
	return &Store{place: p}, nil
}

// Put keeps all that r has, and returns only when it is durable: on a disk synced, file and folder; in a bucket
// accepted. Nobody ever sees half of it. Content that is there already is kept once. More than limit bytes wraps
// parley.ErrLimited, a full or failing disk parley.ErrUnavailable, an r that fails parley.ErrInvalid and r's own error;
// then nothing is kept.
func (s *Store) Put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	ref, err := s.place.put(ctx, r, limit)
	if err != nil {
		return Ref{}, fmt.Errorf("put blob: %w", err)
	}
	return ref, nil
}

// Get opens a blob. One that is not there, or a hash that is none, wraps parley.ErrNotFound.
func (s *Store) Get(ctx context.Context, hash string) (*Object, error) {
	if !isHash.MatchString(hash) {
		return nil, fmt.Errorf("get blob %.80q: not a hash: %w", hash, parley.ErrNotFound)
	}
	o, err := s.place.get(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("get blob %s: %w", hash, err)
	}
	return o, nil
}

// Delete removes a blob; it is no error that there is none.
func (s *Store) Delete(ctx context.Context, hash string) error {
	if !isHash.MatchString(hash) {
		return fmt.Errorf("delete blob %.80q: not a hash: %w", hash, parley.ErrNotFound)
	}
	if err := s.place.delete(ctx, hash); err != nil {
		return fmt.Errorf("delete blob %s: %w", hash, err)
	}
	return nil
}

// All lists all blobs, for backups and for finding those that nobody uses. After an error it ends.
func (s *Store) All(ctx context.Context) iter.Seq2[Entry, error] { return s.place.all(ctx) }

// Close lets go of the place.
func (s *Store) Close() error { return s.place.close() }

var isHash = regexp.MustCompile(`^[0-9a-f]{64}$`)
