package preview

import "io"

// ReadHead returns the four strings that a page says of itself.
func ReadHead(r io.Reader) [4]string {
	h := readHead(r)
	return [4]string{h.title, h.description, h.site, h.image}
}

// Public is public.
var Public = public
