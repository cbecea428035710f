package parley

import "time"

// Role is what a person is in the organisation.
type Role string

// The roles, from the most to the least powerful.
const (
	Owner       Role = "owner"  // may do everything, and there is always one
	Admin       Role = "admin"  // runs the organisation
	MemberRole  Role = "member" // takes part in it
	Guest       Role = "guest"  // sees only the conversations and people they were brought together with
	RoleUnknown Role = ""
)

// PersonKind tells people from programs.
type PersonKind string

// The kinds of person.
const (
	Human PersonKind = "human"
	Bot   PersonKind = "bot"
)

// Person is somebody who can say something, whatever device they have; bots are people too.
type Person struct {
	ID            ID         `json:"id"`
	Handle        string     `json:"handle" doc:"Unique, lower case: what follows the @ of a mention"`
	Name          string     `json:"name"`
	Kind          PersonKind `json:"kind" enum:"human,bot"`
	Role          Role       `json:"role" enum:"owner,admin,member,guest"`
	Zone          string     `json:"zone" doc:"IANA time zone" example:"Europe/Berlin"`
	Language      string     `json:"language" doc:"BCP 47" example:"de"`
	Hours         []Hours    `json:"hours" nullable:"false" doc:"Weekly working hours, wall clock in the zone"`
	Title         string     `json:"title,omitempty" doc:"What they do, in their words"`
	Avatar        string     `json:"avatar,omitempty" doc:"Path of the picture; absent: initials are shown"`
	Status        *Status    `json:"status,omitempty"`
	LastSeenAt    *time.Time `json:"last_seen_at,omitempty"`
	CreatedAt     time.Time  `json:"created_at"`
	DeactivatedAt *time.Time `json:"deactivated_at,omitempty"`
	Version       int64      `json:"version" doc:"Grows with each change; a client keeps the greatest it has seen"`
}

// Hours is one stretch of working time in each week. To may be "24:00"; a stretch over midnight is two.
type Hours struct {
	Day  int    `json:"day" minimum:"1" maximum:"7" doc:"ISO 8601: Monday is 1"`
	From string `json:"from" pattern:"^([01][0-9]|2[0-4]):[0-5][0-9]$" example:"09:00"`
	To   string `json:"to" pattern:"^([01][0-9]|2[0-4]):[0-5][0-9]$" example:"17:00"`
}

// Status is what a person lets others know about now, until it ends by itself.
type Status struct {
	Emoji string     `json:"emoji,omitempty"`
	Text  string     `json:"text,omitempty"`
	Until *time.Time `json:"until,omitempty"`
}

// Presence says whether a person's app is open and used: active, away (open, not used), offline.
type Presence string

// The presences.
const (
	Active  Presence = "active"
	Away    Presence = "away"
	Offline Presence = "offline"
)

// PersonGroup is a named set of people who can be mentioned together.
type PersonGroup struct {
	ID      ID     `json:"id"`
	Handle  string `json:"handle"`
	Name    string `json:"name"`
	Members []ID   `json:"members" nullable:"false"`
}

// Organisation is whom this Parley serves, and the rules that all of it shares.
type Organisation struct {
	Name            string `json:"name"`
	Zone            string `json:"zone" doc:"IANA time zone that new people are offered"`
	Language        string `json:"language"`
	CreateChannels  Role   `json:"create_channels" enum:"member,admin" doc:"Who may create channels: these and above"`
	MentionEveryone Role   `json:"mention_everyone" enum:"member,admin" doc:"Who may mention everyone in large rooms"`
	Invite          Role   `json:"invite" enum:"member,admin" doc:"Who may invite people"`
	Urgent          int    `json:"urgent" minimum:"0" maximum:"100" doc:"How many urgent messages a person may send in 24 hours"`
}
