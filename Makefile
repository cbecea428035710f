# Parley. `make` lists what can be done here. Needed: Go and Node; what the tests need besides, `make test` installs or names.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
DATA    ?= data
FUZZ    ?= 20s
npm     := $(patsubst %/package.json,%,$(wildcard web/package.json test/e2e/package.json))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The lines "target: ## text" of this file are its manual.
.PHONY: help
help: ## list the targets
	@echo "Parley $(VERSION)"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: build ## build everything and serve http://localhost:8080, data in ./data (DATA=folder)
	bin/parley serve --data $(DATA)

.PHONY: demo
demo: build ## the same in a throw-away folder, with a living sample organisation
	bin/parley demo

# Go itself knows what changed, so the binary is always asked for; the web app has stamps.
.PHONY: build
build: web/dist/index.html ## build the web app and bin/parley
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/parley ./cmd/parley

.PHONY: test
test: ## run everything: lint, Go, TypeScript, browsers (installs what that needs)
	@scripts/test

.PHONY: test-long
test-long: ## the same under the race detector, and each fuzz target for a while
	@scripts/test --long

.PHONY: lint
lint: bin/tools/golangci-lint $(npm:%=%/node_modules/.stamp) ## check style and the floors (docs/architecture.md), Go and TypeScript
	bin/tools/golangci-lint run
	set -e; for folder in $(npm); do npm --prefix $$folder run lint; npm --prefix $$folder run typecheck; done

.PHONY: fmt
fmt: bin/tools/golangci-lint $(npm:%=%/node_modules/.stamp) ## put all sources into their one format
	bin/tools/golangci-lint fmt
	set -e; for folder in $(npm); do npm --prefix $$folder run fmt; done

.PHONY: bench
bench: build test/e2e/node_modules/.stamp ## measure, and write docs/benchmarks.md (ONLY=room,search: a part, only printed)
	go run ./test/load $(if $(ONLY),-only $(ONLY))

.PHONY: fuzz
fuzz: ## run each fuzz target for 20 s (FUZZ=duration)
	scripts/fuzz $(FUZZ)

.PHONY: generate
generate: web/node_modules/.stamp ## write again what is made from other files: OpenAPI, the TypeScript client
	go generate ./...
	npm --prefix web run generate

.PHONY: clean
clean: ## delete what was built and installed here; never ./data
	rm -rf bin web/node_modules test/e2e/node_modules test/e2e/results test/e2e/report
	find web/dist -mindepth 1 ! -name .gitkeep -delete

# What the targets above are made of.

web_sources := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print)

web/dist/index.html: web/node_modules/.stamp $(web_sources)
	npm --prefix web run build
	touch web/dist/.gitkeep $@

%/node_modules/.stamp: %/package-lock.json
	npm --prefix $* ci --no-audit --no-fund --ignore-scripts
	touch $@

bin/tools/golangci-lint: tools/go.mod tools/go.sum
	GOBIN=$(CURDIR)/bin/tools go -C tools install tool
	touch $@
