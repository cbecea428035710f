package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/parley-im/parley/internal/store"
)

type backupCommand struct {
	folder `embed:""`
	File   string `arg:"" help:"File to write (tar, compressed with zstd); - for standard output." type:"path"`
}

// Run writes the backup beside its name and moves it there when it is whole.
func (c *backupCommand) Run() error {
	ctx := context.Background()
	options := store.Options{Dir: c.Data, URL: c.Database}
	if c.File == "-" {
		return store.BackupBeside(ctx, os.Stdout, options)
	}
	part, err := os.CreateTemp(".", ".parley-backup-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name()) //nolint:errcheck // it is gone when all went well
	if err := writeAll(part, func(w io.Writer) error { return store.BackupBeside(ctx, w, options) }); err != nil {
		return err
	}
	return os.Rename(part.Name(), c.File)
}

// writeAll writes f to the disk and closes it.
func writeAll(f *os.File, write func(io.Writer) error) error {
	err := write(f)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

type restoreCommand struct {
	File     string `arg:"" help:"File that backup wrote; - for standard input." type:"path"`
	Data     string `help:"The data folder to make; there must be nothing in it." default:"data" type:"path" env:"PARLEY_DATA"`
	Database string `help:"The empty PostgreSQL to fill, when the backup is of one." env:"PARLEY_DATABASE"`
}

// Run restores into an empty place.
func (c *restoreCommand) Run() error {
	in := os.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	if err := store.Restore(context.Background(), in, store.Options{Dir: c.Data, URL: c.Database}); err != nil {
		return err
	}
	fmt.Println("restored into", c.Data)
	return nil
}
