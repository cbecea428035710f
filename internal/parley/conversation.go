package parley

import "time"

// ConversationKind picks defaults and looks, never storage.
type ConversationKind string

// The kinds of conversation.
const (
	Direct  ConversationKind = "direct"  // two people, or one with themselves
	Group   ConversationKind = "group"   // a few people, named after them
	Channel ConversationKind = "channel" // has a name; people come and go
)

// Visibility says who may see a conversation and enter it.
type Visibility string

// The visibilities.
const (
	Public  Visibility = "public"  // every member of the organisation, but guests only as members of it
	Private Visibility = "private" // its members; to others it does not exist
)

// Level is how much of a conversation a person wants to be told of.
type Level string

// The levels.
const (
	LevelDefault  Level = ""         // all in direct and group, mentions in channels
	LevelAll      Level = "all"      //
	LevelMentions Level = "mentions" //
	LevelNothing  Level = "nothing"  //
)

// Conversation is a place in which things are said, in one order.
type Conversation struct {
	ID         ID               `json:"id"`
	Kind       ConversationKind `json:"kind" enum:"direct,group,channel"`
	Visibility Visibility       `json:"visibility" enum:"public,private"`
	Name       string           `json:"name,omitempty" doc:"Empty for direct and group: show the names of the others"`
	Purpose    string           `json:"purpose,omitempty"`
	CreatedBy  ID               `json:"created_by"`
	CreatedAt  time.Time        `json:"created_at"`
	ArchivedAt *time.Time       `json:"archived_at,omitempty"`
	LastSeq    int64            `json:"last_seq" doc:"The newest message; unread = last_seq - me.read_seq"`
	LastChange int64            `json:"last_change" doc:"Offset of the realtime stream"`
	LastAt     *time.Time       `json:"last_at,omitempty"`
	Members    int              `json:"members" doc:"How many"`
	People     []ID             `json:"people,omitempty" doc:"Of direct and group: who is in it, me too"`
	Version    int64            `json:"version"`
	Me         *Membership      `json:"me,omitempty" doc:"Absent when the reader is no member"`
}

// Membership is what one person has set and read in one conversation; nobody else sees it.
type Membership struct {
	Role     MemberPower `json:"role" enum:"manager,member"`
	Level    Level       `json:"level" enum:",all,mentions,nothing"`
	Muted    bool        `json:"muted"`
	Section  string      `json:"section,omitempty" doc:"The person's own heading in the list of conversations"`
	ReadSeq  int64       `json:"read_seq" doc:"All up to here has been read"`
	Mentions int         `json:"mentions" doc:"Unread messages that mention the person, by name, group or everyone"`
	JoinedAt time.Time   `json:"joined_at"`
	Version  int64       `json:"version"`
}

// MemberPower is what a person may do in one conversation.
type MemberPower string

// The powers within a conversation.
const (
	ConversationManager MemberPower = "manager" // renames, archives, adds and removes people, deletes others' messages
	ConversationMember  MemberPower = "member"
)

// Member is one person of a conversation as its other members see them.
type Member struct {
	Person   ID          `json:"person"`
	Role     MemberPower `json:"role" enum:"manager,member"`
	ReadSeq  int64       `json:"read_seq,omitempty" doc:"Absent when they do not show it"`
	ReadAt   *time.Time  `json:"read_at,omitempty"`
	JoinedAt time.Time   `json:"joined_at"`
}

// Draft is what a person has begun to write, kept for all their devices.
type Draft struct {
	Conversation ID        `json:"conversation"`
	Thread       int64     `json:"thread,omitempty"`
	Body         string    `json:"body"`
	Files        []File    `json:"files" nullable:"false"`
	UpdatedAt    time.Time `json:"updated_at"`
}
