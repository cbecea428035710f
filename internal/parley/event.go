package parley

// Event is what the live connection carries. A conversation's stream has one event of type message for each change
// of a message, with its whole new state, so that a client that applies events has what a refetch would give.
// Which of the other fields is set follows from Type.
type Event struct {
	Type         EventType           `json:"type"`
	Message      *Message            `json:"message,omitempty"`
	Conversation *Conversation       `json:"conversation,omitempty"`
	Activity     *Activity           `json:"activity,omitempty"`
	Gone         ID                  `json:"gone,omitempty" doc:"Conversation that the person has left or may no longer see; or what else the type says"`
	Person       *Person             `json:"person,omitempty"`
	Group        *PersonGroup        `json:"group,omitempty"`
	Draft        *Draft              `json:"draft,omitempty" doc:"An empty body and no files: it was sent or thrown away"`
	Saved        *SavedMark          `json:"saved,omitempty"`
	Presence     map[string]Presence `json:"presence,omitempty" doc:"By person id"`
	Typing       *Typing             `json:"typing,omitempty"`
	Read         *ReadMark           `json:"read,omitempty"`
	Item         *Item               `json:"item,omitempty"`
	Held         *Held               `json:"held,omitempty"`
	Alarm        *Alarm              `json:"alarm,omitempty"`
	Delivery     *DeliveryNews       `json:"delivery,omitempty"`
	Reach        *Reach              `json:"reach,omitempty"`
	Scheduled    *Scheduled          `json:"scheduled,omitempty"`
	Members      int64               `json:"members,omitempty" doc:"How many are in the conversation now"`
}

// EventType names what an Event tells.
type EventType string

// The events of a conversation's stream ("c:" + id). Only message is kept and recovered; its offset is Message.Change.
const (
	EventMessage EventType = "message"
	EventTyping  EventType = "typing"
	EventRead    EventType = "read"    // somebody who shows it has read up to here
	EventMembers EventType = "members" // who is in it has changed: fetch the members again
)

// The events of a person's own stream ("p:" + id). They are not kept: who was away fetches /api/v1/boot again.
const (
	EventConversation EventType = "conversation" // new to me, or its name, my settings or my read mark changed
	EventActivity     EventType = "activity"     // something was said in one of mine
	EventGone         EventType = "gone"
	EventPerson       EventType = "person"
	EventGroup        EventType = "group"
	EventDraft        EventType = "draft"
	EventSaved        EventType = "saved"
	EventPresence     EventType = "presence"
	EventOrganisation EventType = "organisation" // its settings have changed: fetch them again
	EventSignedOut    EventType = "signed_out"

	EventInbox         EventType = "inbox"          // an Item is new or different
	EventInboxGone     EventType = "inbox_gone"     // Gone is the message that wants nothing any more
	EventHeld          EventType = "held"           // something is held back, or no longer
	EventNotice        EventType = "notice"         // an Item is told of by the app, quietly
	EventAlarm         EventType = "alarm"          // an urgent message is told, with a sound
	EventDelivery      EventType = "delivery"       // how far a message of mine has come: fetch its deliveries again
	EventReach         EventType = "reach"          //
	EventScheduled     EventType = "scheduled"      //
	EventScheduledGone EventType = "scheduled_gone" // Gone is what was sent or thrown away
	EventReminders     EventType = "reminders"      // fetch them again
)

// Activity tells that a conversation has moved on. Bursts are bundled: the newest state counts.
type Activity struct {
	Conversation ID     `json:"conversation"`
	LastSeq      int64  `json:"last_seq"`
	LastChange   int64  `json:"last_change"`
	LastAt       int64  `json:"last_at" doc:"Milliseconds since 1970"`
	Author       ID     `json:"author"`
	Excerpt      string `json:"excerpt,omitempty" doc:"Of the newest message, plain text"`
	Mentioned    bool   `json:"mentioned,omitempty" doc:"The reader was mentioned since the last such event"`
	Settled      int64  `json:"settled,omitempty" doc:"After this seq things only happened (joined, renamed): who had read up to it has read all"`
}

// Typing tells that a person is writing; it is over after six seconds without another.
type Typing struct {
	Person ID    `json:"person"`
	Thread int64 `json:"thread,omitempty"`
}

// ReadMark tells how far a person has read.
type ReadMark struct {
	Person ID    `json:"person"`
	Seq    int64 `json:"seq"`
}

// SavedMark tells that a person has saved a message for later, or no longer.
type SavedMark struct {
	Message ID   `json:"message"`
	Saved   bool `json:"saved"`
}

// Alarm tells that an urgent message waits to be acknowledged.
type Alarm struct {
	Item  Item `json:"item"`
	Again bool `json:"again,omitempty" doc:"It was told before"`
}

// DeliveryNews tells an author how far a message has come.
type DeliveryNews struct {
	Message ID                    `json:"message"`
	Place   Place                 `json:"place"`
	Tally   map[DeliveryState]int `json:"tally" doc:"How many deliveries are in each state"`
}
