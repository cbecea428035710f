package identity

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/picture"
	"github.com/parley-im/parley/internal/store"
)

// MaxAvatar is how many bytes an image may have of which an avatar is made.
const MaxAvatar = 10 << 20

// avatarPath begins the path of an avatar. What follows is the hash of the picture, so the path never has another.
const avatarPath = "/avatars/"

// SetAvatar makes a small square of the image in r, which is the person's picture from now on. ErrInvalid: it is no
// image that we know.
func (s *Service) SetAvatar(ctx context.Context, id parley.ID, r io.ReadSeeker) (parley.Person, error) {
	if s.blobs == nil {
		return parley.Person{}, fmt.Errorf("avatars: no place for files: %w", parley.ErrUnavailable)
	}
	small, err := picture.Avatar(ctx, r)
	if err != nil {
		if errors.Is(err, parley.ErrInvalid) || errors.Is(err, parley.ErrLimited) {
			err = parley.Invalid("body", "image", "must be a PNG, JPEG, GIF or WebP image of sensible size")
		}
		return parley.Person{}, fmt.Errorf("avatar: %w", err)
	}
	ref, err := s.blobs.Put(ctx, bytes.NewReader(small.Data), int64(len(small.Data)))
	if err != nil {
		return parley.Person{}, fmt.Errorf("keep avatar: %w", err)
	}
	return s.setAvatar(ctx, id, ref.Hash)
}

// RemoveAvatar takes the person's picture away: initials are shown.
func (s *Service) RemoveAvatar(ctx context.Context, id parley.ID) (parley.Person, error) {
	return s.setAvatar(ctx, id, "")
}

func (s *Service) setAvatar(ctx context.Context, id parley.ID, hash string) (parley.Person, error) {
	return s.changePerson(ctx, id, func(context.Context, *store.Tx) (columns, error) {
		return columns{{"avatar", hash}}, nil
	})
}

// Avatar opens the picture with that hash. ErrNotFound: it is nobody's, so other files cannot be reached by it.
func (s *Service) Avatar(ctx context.Context, hash string) (*blob.Object, error) {
	var whose int
	if err := s.db.QueryRow(ctx, `SELECT COUNT(*) FROM person WHERE avatar = ?`, hash).Scan(&whose); err != nil {
		return nil, fmt.Errorf("avatar: %w", err)
	}
	if whose == 0 || s.blobs == nil || hash == "" {
		return nil, fmt.Errorf("avatar: %w", parley.ErrNotFound)
	}
	return s.blobs.Get(ctx, hash)
}
