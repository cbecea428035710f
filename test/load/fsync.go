package main

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// measureFsync says how often in a second the disk takes 4 KB for good: no server can acknowledge more messages, one
// at a time, than that.
func measureFsync(ctx context.Context, b *bench) error {
	f, err := os.Create(filepath.Join(b.temp, "fsync"))
	if err != nil {
		return err
	}
	defer f.Close()
	page := make([]byte, 4096)
	var rates series
	for range b.rounds {
		began, n := time.Now(), 0
		for ; time.Since(began) < time.Second && ctx.Err() == nil; n++ {
			if _, err := f.Write(page); err != nil {
				return err
			}
			if err := f.Sync(); err != nil {
				return err
			}
		}
		rates = append(rates, float64(n)/time.Since(began).Seconds())
	}
	b.report.add("disk: 4 KB written and fsynced, one after the other", rates, perSecond, "", "1,530/s")
	return ctx.Err()
}
