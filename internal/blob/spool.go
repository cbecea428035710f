package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gabriel-vasile/mimetype"

	"github.com/parley-im/parley/internal/parley"
)

const sniffed = 3072 // bytes from the start that tell the kind of content

// spool copies r into f, and says what it was.
func spool(ctx context.Context, f *os.File, r io.Reader, limit int64) (Ref, error) {
	hash := sha256.New()
	head := make([]byte, 0, sniffed)
	buf := make([]byte, 64<<10)
	var size int64
	for {
		if err := ctx.Err(); err != nil {
			return Ref{}, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
		}
		n, err := r.Read(buf)
		if size += int64(n); size > limit {
			return Ref{}, fmt.Errorf("more than %d bytes: %w", limit, parley.ErrLimited)
		}
		if n > 0 {
			hash.Write(buf[:n])
			head = append(head, buf[:min(n, sniffed-len(head))]...)
			if _, err := f.Write(buf[:n]); err != nil {
				return Ref{}, fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return Ref{Hash: hex.EncodeToString(hash.Sum(nil)), Size: size, MediaType: mimetype.Detect(head).String()}, nil
		case err != nil:
			return Ref{}, fmt.Errorf("read what is to be kept: %w: %w", parley.ErrInvalid, err)
		}
	}
}
