package conversation

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/picture"
	"github.com/parley-im/parley/internal/store"
)

// ThumbSide is the longer side of the small picture of an image, in pixels.
const ThumbSide = 720

// Upload keeps a file of by's until it is posted; only they see it before. The media type is found by looking at
// the content. Errors: ErrLimited (too large), ErrUnavailable (disk full).
func (s *Service) Upload(ctx context.Context, by parley.Person, name string, content io.Reader) (parley.File, error) {
	if by.DeactivatedAt != nil {
		return parley.File{}, fmt.Errorf("upload: %w", parley.ErrForbidden)
	}
	ref, err := s.blobs.Put(ctx, content, s.maxFile)
	if err != nil {
		return parley.File{}, fmt.Errorf("upload: %w", err)
	}
	f := parley.File{ID: parley.NewID(), Name: blob.FileName(name), MediaType: ref.MediaType, Size: ref.Size}
	thumb := s.look(ctx, ref, &f)
	err = s.db.Write(ctx, f.ID, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO file (id, hash, name, media_type, size, width, height, thumb, owner_id, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, f.ID, ref.Hash, f.Name, f.MediaType, f.Size, f.Width, f.Height, thumb, by.ID, millis(s.now()))
		return err
	})
	return f, err
}

// MaxFile is how many bytes a file may have.
func (s *Service) MaxFile() int64 { return s.maxFile }

// look finds the measures of an image and makes its small picture. What cannot be read as an image is a file like
// any other.
func (s *Service) look(ctx context.Context, ref blob.Ref, f *parley.File) (thumb string) {
	if !strings.HasPrefix(ref.MediaType, "image/") {
		return ""
	}
	content, err := s.blobs.Get(ctx, ref.Hash)
	if err != nil {
		return ""
	}
	defer content.Close()
	measure, err := picture.Inspect(content)
	if err != nil {
		return ""
	}
	f.Width, f.Height = measure.Width, measure.Height
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return ""
	}
	small, err := picture.Thumbnail(ctx, content, ThumbSide)
	if err != nil {
		s.log.Info("no thumbnail", "file", f.ID, "error", err)
		return ""
	}
	kept, err := s.blobs.Put(ctx, bytes.NewReader(small.Data), s.maxFile)
	if err != nil {
		return ""
	}
	f.Thumb = true
	return kept.Hash
}

// Content is a file's bytes, to be closed, and what to say of them.
type Content struct {
	Object    *blob.Object
	Name      string
	MediaType string // empty: a picture that we made, see its first bytes
	Hash      string
}

// Open returns the content of a file, or of its small picture, for who may see it: its owner, and everybody who may
// see a message with it.
func (s *Service) Open(ctx context.Context, by parley.Person, id parley.ID, thumb bool) (Content, error) {
	var c Content
	var small string
	var owner parley.ID
	err := s.db.QueryRow(ctx, `SELECT hash, name, media_type, thumb, owner_id FROM file WHERE id = ?`, id).
		Scan(&c.Hash, &c.Name, &c.MediaType, &small, &owner)
	if err == nil && owner != by.ID {
		err = s.seesFile(ctx, by, id)
	}
	if err == nil && thumb {
		if small == "" {
			err = parley.ErrNotFound
		}
		c.Hash, c.MediaType = small, ""
	}
	if err == nil {
		c.Object, err = s.blobs.Get(ctx, c.Hash)
	}
	if err != nil {
		return c, fmt.Errorf("file %s: %w", id, err)
	}
	return c, nil
}

func (s *Service) seesFile(ctx context.Context, by parley.Person, id parley.ID) error {
	in, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT DISTINCT m.conversation_id
		FROM message_file f JOIN message m ON m.id = f.message_id WHERE f.file_id = ?`, id)
	if err != nil {
		return err
	}
	for _, c := range in {
		if _, err := find(ctx, s.db, by, c); err == nil {
			return nil
		}
	}
	return parley.ErrNotFound
}

// ownFiles returns the files of those ids, all of which by has uploaded.
func ownFiles(ctx context.Context, r store.Reader, by parley.Person, ids []parley.ID) ([]parley.File, error) {
	files := make([]parley.File, 0, len(ids))
	for i, id := range ids {
		var f parley.File
		var thumb string
		err := r.QueryRow(ctx, `SELECT id, name, media_type, size, width, height, thumb FROM file WHERE id = ? AND owner_id = ?`, id, by.ID).
			Scan(&f.ID, &f.Name, &f.MediaType, &f.Size, &f.Width, &f.Height, &thumb)
		if err != nil {
			return nil, &parley.FieldError{Field: fmt.Sprintf("files[%d]", i), Code: "unknown_file", Msg: "you have no such file", Kind: invalidIfAbsent(err)}
		}
		f.Thumb = thumb != ""
		files = append(files, f)
	}
	return files, nil
}

// attach binds files to a message that is about to be written.
func attach(ctx context.Context, tx *store.Tx, by parley.Person, message parley.ID, ids []parley.ID) ([]parley.File, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	files, err := ownFiles(ctx, tx, by, ids)
	if err != nil {
		return nil, err
	}
	for i, f := range files {
		if _, err := tx.Exec(ctx, `INSERT INTO message_file (message_id, position, file_id) VALUES (?, ?, ?)`, message, i, f.ID); err != nil {
			return nil, err
		}
	}
	return files, nil
}
