package main

import (
	"context"
	"net/http"
	"path/filepath"
	"time"
)

// measureStart measures a Parley that has nothing to do: how soon it answers, and what it holds.
func measureStart(ctx context.Context, b *bench) error {
	folder := filepath.Join(b.temp, "start")
	p, err := b.openAt(ctx, folder) // founds it
	if err != nil {
		return err
	}
	p.stop()
	var first, signedIn, resident series
	for range max(b.rounds, 3) {
		began := time.Now()
		s, err := b.start(ctx, folder)
		if err != nil {
			return err
		}
		q := newPlace(s.url)
		q.owner = p.owner
		err = q.call(ctx, q.owner, http.MethodGet, "/boot", nil, nil)
		signedIn, first = append(signedIn, inMillis(time.Since(began))), append(first, inMillis(s.ready))
		if err == nil {
			err = settle(ctx, 2*time.Second)
		}
		if err == nil {
			var bytes float64
			bytes, err = q.resident(ctx)
			resident = append(resident, bytes)
		}
		s.stop()
		if err != nil {
			return err
		}
	}
	b.report.add("cold start to the first answer", first, ms, "300 ms", "")
	b.report.add("cold start to the first page of somebody signed in (/boot)", signedIn, ms, "", "")
	b.report.add("memory when idle", resident, mebibytes, "60 MB", "")
	return nil
}
