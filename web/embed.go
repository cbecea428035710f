// Package web holds the built web app, so that one binary serves it. `make build` (or `npm run build` here) fills dist;
// without it the server says so.
package web

import "embed"

// Dist is the folder dist, as Vite and scripts/finish.js left it.
//
//go:embed all:dist
var Dist embed.FS
