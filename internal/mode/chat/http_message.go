package chat

import (
	"context"
	"net/http"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

type messageRange struct {
	api.ByID
	Before int64 `query:"before" minimum:"0" doc:"Messages before this seq"`
	After  int64 `query:"after" minimum:"0" doc:"Messages after this seq"`
	Around int64 `query:"around" minimum:"0" doc:"Messages around this seq"`
	Thread int64 `query:"thread" minimum:"0" doc:"Only the thread with this root"`
	Limit  int   `query:"limit" minimum:"0" maximum:"200" doc:"50 when absent"`
}

// ByPlace names a message in the path.
type ByPlace struct {
	api.ByID
	Seq int64 `path:"seq" minimum:"1"`
}

func (p ByPlace) at() parley.Place { return parley.Place{Conversation: p.ID, Seq: p.Seq} }

type postMessage struct {
	api.ByID
	Body struct {
		Body   string      `json:"body" doc:"Markdown (CommonMark, GFM); @handle mentions"`
		Thread int64       `json:"thread,omitempty" minimum:"0" doc:"Seq of the message that is answered beside"`
		Files  []parley.ID `json:"files,omitempty" doc:"Uploaded before"`
		Key    string      `json:"key,omitempty" maxLength:"64" doc:"Idempotency key: the same again gives the first message again"`
		Need   parley.Need `json:"need,omitempty" enum:"whenever,normal,answer,urgent" doc:"How much it matters; absent: normal"`
		By     *time.Time  `json:"by,omitempty" doc:"Of need answer: when it is wanted"`
		Reason string      `json:"reason,omitempty" maxLength:"800" doc:"Of need urgent: why, in at most 200 characters"`

		Decision *newDecision `json:"decision,omitempty" doc:"Of need answer: what is to be decided"`
	}
}

// newDecision is what is to be decided by a message.
type newDecision struct {
	Options []string `json:"options" minItems:"2" maxItems:"10" nullable:"false"`
	Default *int     `json:"default,omitempty" minimum:"0" doc:"Number of the option, from 0, that it is if nobody objects"`
	Quorum  int      `json:"quorum,omitempty" minimum:"0" doc:"How many must vote for another outcome than the default"`
}

func (d *newDecision) draft() *conversation.Decision {
	if d == nil {
		return nil
	}
	return &conversation.Decision{Options: d.Options, Default: d.Default, Quorum: d.Quorum}
}

type vote struct {
	ByPlace
	Body struct {
		Option int `json:"option" minimum:"0" doc:"Its number, from 0"`
	}
}

type posted struct {
	Status int
	Body   parley.Message
}

type editMessage struct {
	ByPlace
	Body struct {
		Body string `json:"body"`
	}
}

type reaction struct {
	ByPlace
	Emoji string `path:"emoji"`
}

type moveMessage struct {
	ByPlace
	Body struct {
		Conversation parley.ID `json:"conversation"`
	}
}

type revisionList struct {
	Revisions []parley.Revision `json:"revisions" nullable:"false"`
}

type messageList struct {
	Messages []parley.Message `json:"messages" nullable:"false"`
}

func (m *Mode) offerMessages(a *api.API) {
	const path = "/conversations/{id}/messages"
	api.Get(a, path, "A page of a conversation or thread; the newest when no seq is named", func(ctx context.Context, in *messageRange) (conversation.Page, error) {
		return m.conversations.Messages(ctx, by(ctx), in.ID, conversation.Range{
			Before: in.Before, After: in.After, Around: in.Around, Thread: in.Thread, Limit: in.Limit,
		})
	})
	api.Register(a, http.MethodPost, path, "Say something; 200 instead of 201 when the key was used before", func(ctx context.Context, in *postMessage) (*posted, error) {
		p, err := m.conversations.Post(ctx, by(ctx), conversation.Draft{
			Conversation: in.ID, Body: in.Body.Body, Thread: in.Body.Thread, Files: in.Body.Files, Key: in.Body.Key, Via: via(ctx),
			Need: in.Body.Need, By: timeOf(in.Body.By), Reason: in.Body.Reason, Decision: in.Body.Decision.draft(),
		})
		status := http.StatusCreated
		if p.Again {
			status = http.StatusOK
		}
		return &posted{Status: status, Body: p.Message}, err
	}, api.Created)
	api.Get(a, path+"/{seq}", "One message", func(ctx context.Context, in *ByPlace) (parley.Message, error) {
		return m.conversations.Message(ctx, by(ctx), in.at())
	})
	api.Patch(a, path+"/{seq}", "Change what I said; what it said before is kept", func(ctx context.Context, in *editMessage) (parley.Message, error) {
		return m.conversations.Edit(ctx, by(ctx), in.at(), in.Body.Body)
	})
	api.Delete(a, path+"/{seq}", "Delete a message: its text, history and files are gone, its place stays", func(ctx context.Context, in *ByPlace) (api.Nothing, error) {
		return api.Nothing{}, m.conversations.Delete(ctx, by(ctx), in.at())
	})
	api.Post(a, path+"/{seq}/withdraw", "Take back what I said before it has reached anybody; the answer has what it said", func(ctx context.Context, in *ByPlace) (parley.Draft, error) {
		return m.conversations.Withdraw(ctx, by(ctx), in.at())
	})
	api.Put(a, path+"/{seq}/acknowledge", "Say that I have taken note of what wants an answer or is urgent", func(ctx context.Context, in *ByPlace) (parley.Message, error) {
		return m.conversations.Acknowledge(ctx, by(ctx), in.at())
	})
	api.Put(a, path+"/{seq}/vote", "Say which option I am for; until it is decided I may change it", func(ctx context.Context, in *vote) (parley.Message, error) {
		return m.conversations.Vote(ctx, by(ctx), in.at(), in.Body.Option)
	})
	api.Post(a, path+"/{seq}/close", "Close my decision before its time", func(ctx context.Context, in *ByPlace) (parley.Message, error) {
		return m.conversations.CloseDecision(ctx, by(ctx), in.at())
	})
	api.Get(a, path+"/{seq}/revisions", "What a message said before it was edited", func(ctx context.Context, in *ByPlace) (revisionList, error) {
		list, err := m.conversations.Revisions(ctx, by(ctx), in.at())
		return revisionList{some(list)}, err
	})
	api.Put(a, path+"/{seq}/reactions/{emoji}", "React with an emoji", func(ctx context.Context, in *reaction) (parley.Message, error) {
		return m.conversations.React(ctx, by(ctx), in.at(), in.Emoji, true)
	})
	api.Delete(a, path+"/{seq}/reactions/{emoji}", "Take a reaction back", func(ctx context.Context, in *reaction) (parley.Message, error) {
		return m.conversations.React(ctx, by(ctx), in.at(), in.Emoji, false)
	})
	api.Put(a, path+"/{seq}/pin", "Pin a message for everybody in the conversation", func(ctx context.Context, in *ByPlace) (parley.Message, error) {
		return m.conversations.Pin(ctx, by(ctx), in.at(), true)
	})
	api.Delete(a, path+"/{seq}/pin", "Unpin a message", func(ctx context.Context, in *ByPlace) (parley.Message, error) {
		return m.conversations.Pin(ctx, by(ctx), in.at(), false)
	})
	api.Post(a, path+"/{seq}/move", "Move a message, with its thread, to another conversation", func(ctx context.Context, in *moveMessage) (parley.Place, error) {
		return m.conversations.Move(ctx, by(ctx), in.at(), in.Body.Conversation)
	})
	api.Get(a, "/conversations/{id}/pins", "The pinned messages of a conversation", func(ctx context.Context, in *api.ByID) (messageList, error) {
		list, err := m.conversations.Pins(ctx, by(ctx), in.ID)
		return messageList{some(list)}, err
	})
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// via says how a message came: from a person in the app, or from a program.
func via(ctx context.Context) parley.Via {
	if api.CallerFrom(ctx).Token != parley.None {
		return parley.ViaAPI
	}
	return parley.ViaApp
}
