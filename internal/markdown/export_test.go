package markdown

// RenderBothWays renders by both paths; fast is nil when the body has markup.
func RenderBothWays(body string) (fast *Document, slow Document) {
	body = clean(body)
	if isPlain(body) {
		d := renderPlain(body)
		fast = &d
	}
	return fast, renderMarkup(body, nil)
}
