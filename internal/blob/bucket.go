package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"os"

	gcblob "gocloud.dev/blob"
	_ "gocloud.dev/blob/s3blob" // s3://
	"gocloud.dev/gcerrors"

	"github.com/parley-im/parley/internal/parley"
)

// bucket keeps blob abcd... under the key "ab/cd...", which spreads load and lets a bucket be copied to a folder and back.
type bucket struct{ *gcblob.Bucket }

func openBucket(ctx context.Context, u *url.URL) (*bucket, error) {
	b, err := gcblob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", parley.ErrInvalid, err)
	}
	ok, err := b.IsAccessible(ctx)
	if err == nil && !ok {
		err = errors.New("no such bucket, or no right to use it")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", parley.ErrUnavailable, errors.Join(err, b.Close()))
	}
	return &bucket{b}, nil
}

func key(hash string) string { return hash[:2] + "/" + hash[2:] }

// put spools to the local disk first: the key is known only at the end.
func (b *bucket) put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	f, err := os.CreateTemp("", "parley-put-")
	if err != nil {
		return Ref{}, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it was renamed when all went well
	defer f.Close()
	ref, err := spool(ctx, f, r, limit)
	if err != nil {
		return Ref{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Ref{}, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	// Uploaded again even if it is there: it costs the same round trip, and a delete that runs now cannot win.
	err = b.Upload(ctx, key(ref.Hash), f, &gcblob.WriterOptions{ContentType: "application/octet-stream"})
	if err != nil {
		return Ref{}, kind(err)
	}
	return ref, nil
}

func (b *bucket) get(ctx context.Context, hash string) (*Object, error) {
	// A Reader asks again when it is sought, and keeps its context; the caller closes it.
	r, err := b.NewReader(ctx, key(hash), nil)
	if err != nil {
		return nil, kind(err)
	}
	return &Object{ReadSeekCloser: r, Size: r.Size(), ModTime: r.ModTime()}, nil
}

func (b *bucket) delete(ctx context.Context, hash string) error {
	if err := b.Delete(ctx, key(hash)); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return kind(err)
	}
	return nil
}

func (b *bucket) all(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		objects := b.List(nil)
		for {
			o, err := objects.Next(ctx)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Entry{}, fmt.Errorf("list blobs: %w", kind(err)))
				return
			}
			if len(o.Key) != 65 || o.Key[2] != '/' || !isHash.MatchString(o.Key[:2]+o.Key[3:]) {
				continue
			}
			if !yield(Entry{Hash: o.Key[:2] + o.Key[3:], Size: o.Size, ModTime: o.ModTime}, nil) {
				return
			}
		}
	}
}

func (b *bucket) close() error { return b.Close() }

func kind(err error) error {
	if gcerrors.Code(err) == gcerrors.NotFound {
		return parley.ErrNotFound
	}
	return fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
}
