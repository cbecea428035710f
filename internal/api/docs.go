package api

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed docs.html docs.css
var docsFiles embed.FS

var docsPage = template.Must(template.New("docs.html").ParseFS(docsFiles, "docs.html"))

// describe writes the document and the page, when the first of them is asked for: all operations are there by then.
func (a *API) describe() {
	a.document.Do(func() {
		doc := a.huma.OpenAPI()
		var err error
		if a.openapi, err = json.Marshal(doc); err != nil {
			a.log.Error("http.openapi", "error", err)
		}
		var page bytes.Buffer
		if err := docsPage.Execute(&page, newDocs(doc)); err != nil {
			a.log.Error("http.docs", "error", err)
		}
		a.page = page.Bytes()
	})
}

func (a *API) serveOpenAPI(w http.ResponseWriter, _ *http.Request) {
	a.describe()
	w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
	_, _ = w.Write(a.openapi)
}

func (a *API) serveDocs(w http.ResponseWriter, _ *http.Request) {
	a.describe()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	_, _ = w.Write(a.page)
}

func serveDocsStyle(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, docsFiles, "docs.css")
}

// docs is what the page shows.
type docs struct {
	Title, Version, Description string
	Sections                    []docsSection
	Types                       []docsType
}

type docsSection struct {
	Name       string
	Operations []docsOperation
}

type docsOperation struct {
	ID, Method, Path, Summary, Description string
	Open                                   bool
	Params                                 []docsField
	Body                                   []docsField
	BodyType                               docsRef
	Answers                                []docsAnswer
}

type docsAnswer struct {
	Status, Description string
	Type                docsRef
	Fields              []docsField
}

type docsField struct {
	Name, In, Description string
	Required              bool
	Type                  docsRef
}

// docsRef is a type's name, and the named type among its parts to link to.
type docsRef struct{ Text, Link string }

type docsType struct {
	Name   string
	Fields []docsField
}

func newDocs(doc *huma.OpenAPI) docs {
	d := docs{Title: doc.Info.Title, Version: doc.Info.Version, Description: doc.Info.Description}
	types := doc.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(types)) {
		if fields := docsFields(types[name]); len(fields) > 0 && !inline(name) {
			d.Types = append(d.Types, docsType{name, fields})
		}
	}
	sections := map[string][]docsOperation{}
	for path, item := range doc.Paths {
		for method, op := range map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete,
		} {
			if op != nil && !op.Hidden {
				name := slices.Concat(op.Tags, []string{"other"})[0]
				sections[name] = append(sections[name], newDocsOperation(method, path, op, types))
			}
		}
	}
	order := []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		ops := sections[name]
		slices.SortFunc(ops, func(a, b docsOperation) int {
			return cmp.Or(strings.Compare(a.Path, b.Path), slices.Index(order, a.Method)-slices.Index(order, b.Method))
		})
		d.Sections = append(d.Sections, docsSection{name, ops})
	}
	return d
}

func newDocsOperation(method, path string, op *huma.Operation, types map[string]*huma.Schema) docsOperation {
	o := docsOperation{
		ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, Description: op.Description,
		Open: op.Security != nil && len(op.Security) == 0,
	}
	for _, p := range op.Parameters {
		o.Params = append(o.Params, docsField{p.Name, p.In, cmp.Or(p.Description, p.Schema.Description), p.Required, docsTypeOf(p.Schema)})
	}
	if op.RequestBody != nil {
		for _, media := range op.RequestBody.Content {
			o.BodyType, o.Body = docsBody(media.Schema, types)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		if status == "default" {
			continue // a Problem, as the introduction says
		}
		r := op.Responses[status]
		answer := docsAnswer{Status: status, Description: r.Description}
		for _, media := range r.Content {
			answer.Type, answer.Fields = docsBody(media.Schema, types)
		}
		o.Answers = append(o.Answers, answer)
	}
	return o
}

// inline says whether a type is of one operation alone and is shown there.
func inline(name string) bool {
	return strings.HasSuffix(name, "Request") || strings.HasSuffix(name, "RequestBody") || strings.HasSuffix(name, "ResponseBody")
}

func docsBody(s *huma.Schema, types map[string]*huma.Schema) (docsRef, []docsField) {
	if s == nil {
		return docsRef{Text: "bytes"}, nil
	}
	if name := strings.TrimPrefix(s.Ref, "#/components/schemas/"); s.Ref != "" && inline(name) {
		return docsRef{}, docsFields(types[name])
	}
	return docsTypeOf(s), docsFields(s)
}

func docsFields(s *huma.Schema) []docsField {
	if s == nil {
		return nil
	}
	var fields []docsField
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		text := p.Description
		if len(p.Enum) > 0 {
			var values []string
			for _, v := range p.Enum {
				value, _ := json.Marshal(v)
				values = append(values, string(value))
			}
			text = strings.TrimSpace(text + " One of " + strings.Join(values, ", ") + ".")
		}
		fields = append(fields, docsField{Name: name, Description: text, Required: slices.Contains(s.Required, name), Type: docsTypeOf(p)})
	}
	return fields
}

func docsTypeOf(s *huma.Schema) docsRef {
	switch {
	case s == nil:
		return docsRef{Text: "anything"}
	case s.Ref != "":
		name := strings.TrimPrefix(s.Ref, "#/components/schemas/")
		return docsRef{Text: name, Link: name}
	case s.Type == huma.TypeArray:
		of := docsTypeOf(s.Items)
		return docsRef{Text: of.Text + "[]", Link: of.Link}
	case s.Type == "":
		return docsRef{Text: "anything"}
	case s.Format != "":
		return docsRef{Text: s.Type + " (" + s.Format + ")"}
	}
	return docsRef{Text: s.Type}
}

// Document returns the OpenAPI description of all operations.
func (a *API) Document() ([]byte, error) { return json.MarshalIndent(a.huma.OpenAPI(), "", "  ") }
