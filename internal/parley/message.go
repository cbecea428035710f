package parley

import "time"

// MessageKind tells what people said from what happened.
type MessageKind string

// The kinds of message.
const (
	Text   MessageKind = "text"
	System MessageKind = "system" // something happened: joined, renamed; see Happened
	Moved  MessageKind = "moved"  // stands where a message was before it went to another conversation
)

// Via is the mode by which a message came.
type Via string

// The ways in that exist.
const (
	ViaApp     Via = "app"
	ViaAPI     Via = "api"
	ViaWebhook Via = "webhook"
)

// Message is one thing said. Its place (Conversation, Seq) orders it and is its link; its ID stays when it moves.
type Message struct {
	ID           ID          `json:"id"`
	Conversation ID          `json:"conversation"`
	Seq          int64       `json:"seq" doc:"1, 2, 3 ... in its conversation, without gaps"`
	Change       int64       `json:"change" doc:"The conversation's change that made this state; a client keeps the greatest"`
	Thread       int64       `json:"thread,omitempty" doc:"Seq of the thread's root; absent outside threads"`
	Author       ID          `json:"author"`
	Kind         MessageKind `json:"kind" enum:"text,system,moved"`
	Via          Via         `json:"via"`
	Need         Need        `json:"need,omitempty" enum:"whenever,normal,answer,urgent" doc:"How much it matters; absent: normal"`
	By           *time.Time  `json:"by,omitempty" doc:"Of need answer: when it is wanted"`
	Reason       string      `json:"reason,omitempty" doc:"Of need urgent: why"`
	Decision     *Decision   `json:"decision,omitempty" doc:"Of need answer: what is to be decided"`
	Answers      []Answer    `json:"answers,omitempty" doc:"Of needs answer and urgent: who has, the first first"`
	Body         string      `json:"body" doc:"Markdown"`
	HTML         string      `json:"html" doc:"The body rendered and sanitised by the server"`
	As           *ShownAs    `json:"as,omitempty" doc:"Of a webhook: the name and picture it asked to be shown with"`
	Happened     *Happened   `json:"happened,omitempty" doc:"Of a system message"`
	MovedTo      *Place      `json:"moved_to,omitempty" doc:"Of kind moved; who may not see that place finds nothing there"`
	Files        []File      `json:"files,omitempty"`
	Previews     []Preview   `json:"previews,omitempty"`
	Reactions    []Reaction  `json:"reactions,omitempty"`
	Mentions     []ID        `json:"mentions,omitempty" doc:"People mentioned by name or group"`
	Everyone     bool        `json:"everyone,omitempty" doc:"Mentions everyone"`
	Replies      int         `json:"replies,omitempty" doc:"Of a thread's root"`
	LastReplySeq int64       `json:"last_reply_seq,omitempty"`
	LastReplyAt  *time.Time  `json:"last_reply_at,omitempty"`
	Key          string      `json:"key,omitempty" doc:"The author's idempotency key"`
	CreatedAt    time.Time   `json:"created_at"`
	EditedAt     *time.Time  `json:"edited_at,omitempty"`
	DeletedAt    *time.Time  `json:"deleted_at,omitempty"`
	DeletedBy    ID          `json:"deleted_by,omitempty"`
	Withdrawn    bool        `json:"withdrawn,omitempty" doc:"Taken back before it reached anybody: show nothing at all"`
	PinnedAt     *time.Time  `json:"pinned_at,omitempty"`
	PinnedBy     ID          `json:"pinned_by,omitempty"`
}

// Place is where a message stands.
type Place struct {
	Conversation ID    `json:"conversation"`
	Seq          int64 `json:"seq"`
}

// ShownAs is the name and picture of one webhook's message.
type ShownAs struct {
	Name   string `json:"name"`
	Avatar string `json:"avatar,omitempty" doc:"An emoji"`
}

// Happened is what a system message tells, so that each client can say it in its reader's language.
type Happened struct {
	What   string `json:"what" enum:"created,joined,left,added,removed,renamed,purpose,archived,unarchived,pinned,published,closed,decided"`
	People []ID   `json:"people,omitempty"`
	Name   string `json:"name,omitempty"`
	Seq    int64  `json:"seq,omitempty" doc:"Of the message that it is about"`
}

// Reaction is one emoji on a message and who gave it, the first first.
type Reaction struct {
	Emoji  string `json:"emoji"`
	People []ID   `json:"people" nullable:"false"`
}

// File is something sent along. Its content is reached under /files/{id}/{name} by who may see a message with it.
type File struct {
	ID        ID     `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type" doc:"Found by looking at the content"`
	Size      int64  `json:"size" doc:"Bytes"`
	Width     int    `json:"width,omitempty" doc:"Pixels, of images"`
	Height    int    `json:"height,omitempty"`
	Thumb     bool   `json:"thumb,omitempty" doc:"There is a small picture under /files/{id}/thumb"`
}

// Preview is what a linked page says of itself.
type Preview struct {
	URL         string `json:"url"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Site        string `json:"site,omitempty"`
	Image       string `json:"image,omitempty" doc:"Path on this server: the reader's browser asks no third party"`
	Width       int    `json:"width,omitempty"`
	Height      int    `json:"height,omitempty"`
}

// Revision is what a message said before it was edited.
type Revision struct {
	Body      string    `json:"body"`
	HTML      string    `json:"html"`
	WrittenAt time.Time `json:"written_at"`
}
