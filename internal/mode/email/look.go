package email

import (
	_ "embed" // the look of mails
	"html/template"
)

// lookText is the look of all mails. Light colours stand in the elements, where every program finds them; those that know of
// dark screens find the dark ones in the head. Nothing is fetched from anywhere.
//
//go:embed look.html
var lookText string

var look = template.Must(template.New("look").Parse(lookText))
