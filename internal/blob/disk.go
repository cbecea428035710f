package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// disk keeps blob abcd... in <folder>/ab/cd.... It does not use fileblob, which renames what it has not synced.
type disk struct {
	folder string
	tmp    string
}

const staleTemp = 24 * time.Hour // what is still in tmp after that was left by a crash

func openDisk(folder string) (*disk, error) {
	d := &disk{folder: folder, tmp: filepath.Join(folder, "tmp")}
	if err := os.MkdirAll(d.tmp, 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	if err := errors.Join(syncDir(folder), syncDir(filepath.Dir(folder))); err != nil {
		return nil, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	entries, err := os.ReadDir(d.tmp)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleTemp {
			_ = os.Remove(filepath.Join(d.tmp, e.Name())) // next time, then
		}
	}
	return d, nil
}

func (d *disk) path(hash string) string { return filepath.Join(d.folder, hash[:2], hash[2:]) }

func (d *disk) put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	f, err := os.CreateTemp(d.tmp, "put-")
	if err != nil {
		return Ref{}, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it was renamed when all went well
	defer f.Close()
	ref, err := spool(ctx, f, r, limit)
	if err != nil {
		return Ref{}, err
	}
	if err := d.place(f, d.path(ref.Hash)); err != nil {
		return Ref{}, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	return ref, nil
}

// place makes f durable and gives it its name. It replaces what is there: the content is the same, but a
// delete that runs now or a damaged file cannot win.
func (d *disk) place(f *os.File, path string) error {
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	folder := filepath.Dir(path)
	switch err := os.Mkdir(folder, 0o700); {
	case err == nil:
		if err := syncDir(d.folder); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(folder)
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func (d *disk) get(_ context.Context, hash string) (*Object, error) {
	f, err := os.Open(d.path(hash))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, parley.ErrNotFound
		}
		return nil, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", parley.ErrUnavailable, errors.Join(err, f.Close()))
	}
	return &Object{ReadSeekCloser: f, Size: info.Size(), ModTime: info.ModTime()}, nil
}

func (d *disk) delete(_ context.Context, hash string) error {
	if err := os.Remove(d.path(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
	}
	return nil
}

func (d *disk) all(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		stop := errors.New("stop")
		err := filepath.WalkDir(d.folder, func(path string, e fs.DirEntry, err error) error {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			hash := filepath.Base(filepath.Dir(path)) + e.Name()
			if !e.Type().IsRegular() || !isHash.MatchString(hash) {
				return nil
			}
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) { // deleted meanwhile
				return nil
			}
			if err != nil {
				return err
			}
			if !yield(Entry{Hash: hash, Size: info.Size(), ModTime: info.ModTime()}, nil) {
				return stop
			}
			return nil
		})
		if err != nil && !errors.Is(err, stop) {
			yield(Entry{}, fmt.Errorf("list blobs: %w: %w", parley.ErrUnavailable, err))
		}
	}
}

func (d *disk) close() error { return nil }
