package parley

import "time"

// Wants is what a message wants of one of its recipients.
type Wants string

// What may be wanted.
const (
	WantsLook        Wants = "look"        // it was said to them, or names them
	WantsAnswer      Wants = "answer"      // an answer or an acknowledgement, by a time
	WantsAcknowledge Wants = "acknowledge" // now
	WantsReminder    Wants = "reminder"    // nothing but what they wanted to be reminded of
	WantsReport      Wants = "report"      // nothing: it is theirs, and has not come to somebody
)

// Item is one row of a person's Inbox: a message that wants something from them.
type Item struct {
	Message Message    `json:"message" doc:"Of a deputy who may not see it: without what it says"`
	Wants   Wants      `json:"wants" enum:"look,answer,acknowledge,reminder,report"`
	From    ID         `json:"from,omitempty" doc:"Who handed it over, whose deputy they are, or whom it has not reached; absent: it was theirs from the start"`
	Because string     `json:"because" enum:"direct,mentioned,thread,member,deputy,handed_over,reminder,report" doc:"What it has to do with them"`
	At      time.Time  `json:"at" doc:"Since when it is here"`
	Until   *time.Time `json:"until,omitempty" doc:"Put off until then"`
	Note    string     `json:"note,omitempty" doc:"Of a reminder, or of who handed it over"`
	Version int64      `json:"version" doc:"Grows with each change; a client keeps the greatest"`
}

// Held tells what waits for a person's hours without disturbing them.
type Held struct {
	Messages int        `json:"messages"`
	Until    *time.Time `json:"until,omitempty" doc:"When they are told of next"`
}

// DeliveryState is how far a delivery has come.
type DeliveryState string

// The states of a delivery, in the order in which they usually come.
const (
	DeliveryWaiting      DeliveryState = "waiting"  // for their hours, or the next way's turn; nothing was told yet
	DeliveryTold         DeliveryState = "told"     // by at least one way
	DeliverySeen         DeliveryState = "seen"     //
	DeliveryAnswered     DeliveryState = "answered" //
	DeliveryAcknowledged DeliveryState = "acknowledged"
	DeliveryMissed       DeliveryState = "missed" // the sender was told that it came to nothing
	DeliveryWithdrawn    DeliveryState = "withdrawn"
)

// Delivery is how one message reaches one person: as far as it has come, and what is still to be done.
type Delivery struct {
	Message ID             `json:"message"`
	Person  ID             `json:"person"`
	Wants   Wants          `json:"wants" enum:"look,answer,acknowledge,reminder,report"`
	Because string         `json:"because"`
	State   DeliveryState  `json:"state" enum:"waiting,told,seen,answered,acknowledged,missed,withdrawn"`
	At      time.Time      `json:"at" doc:"When it came to this state"`
	Next    *time.Time     `json:"next,omitempty" doc:"When the next step is due"`
	Steps   []DeliveryStep `json:"steps" nullable:"false"`
}

// DeliveryStep is one thing that was done, is to be done, or became needless, to reach a person.
type DeliveryStep struct {
	At     time.Time   `json:"at" doc:"When it is due, or was"`
	What   string      `json:"what" enum:"show,tell,bundle,summarise,ask,report"`
	Way    AddressKind `json:"way,omitempty" enum:"app,push,email,sms,phone"`
	Deputy ID          `json:"deputy,omitempty" doc:"Of ask: whom"`
	Unless string      `json:"unless,omitempty" enum:"seen,answered,acknowledged" doc:"What makes it needless"`
	Why    string      `json:"why" doc:"Code of the reason"`
	State  string      `json:"state" enum:"due,done,needless,failed"`
	DoneAt *time.Time  `json:"done_at,omitempty"`
	Note   string      `json:"note,omitempty" doc:"Why it failed"`
}

// Reach is how a person wants to be reached: theirs alone, within what the organisation allows. Absent parts have their
// defaults, with which nobody is woken.
type Reach struct {
	Quiet    []Hours    `json:"quiet" nullable:"false" doc:"Weekly quiet hours, wall clock in the person's zone; over midnight it is two stretches"`
	Focus    *time.Time `json:"focus,omitempty" doc:"Not to be disturbed until then"`
	Leave    *Leave     `json:"leave,omitempty"`
	Off      []string   `json:"off" nullable:"false" doc:"Holidays, as 2026-12-25"`
	Ladder   []Rung     `json:"ladder" nullable:"false" doc:"Ways beside the app for what is not urgent, in order"`
	Alarm    []Rung     `json:"alarm" nullable:"false" doc:"The same for what is urgent"`
	Deputies []ID       `json:"deputies" nullable:"false" doc:"Asked one after the other when an urgent message finds nobody"`
	Through  Through    `json:"through"`
	Digest   bool       `json:"digest" doc:"A summary of the unseen by mail, when their day begins"`
	Levels   Levels     `json:"levels"`
	Version  int64      `json:"version"`
}

// Rung is one way of a ladder, and how long what was said may be unseen before it is tried.
type Rung struct {
	Way   AddressKind `json:"way" enum:"push,email,sms,phone"`
	After int         `json:"after" minimum:"0" maximum:"10080" doc:"Minutes"`
}

// Leave is a time out of office. Whoever writes to the person is told, and may write to the deputy instead.
type Leave struct {
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Deputy ID        `json:"deputy,omitempty"`
	Text   string    `json:"text,omitempty" doc:"For who writes meanwhile"`
}

// Through says whose urgent messages may break through.
type Through struct {
	Waking string `json:"waking" enum:"everyone,people,nobody" doc:"Outside the hours and in focus, but not in quiet hours"`
	Quiet  string `json:"quiet" enum:"everyone,people,nobody" doc:"In quiet hours"`
	People []ID   `json:"people" nullable:"false" doc:"Who, where it says people"`
}

// Levels is what conversations may do that have no level of their own.
type Levels struct {
	Direct  Level `json:"direct" enum:"all,mentions,nothing"`
	Group   Level `json:"group" enum:"all,mentions,nothing"`
	Channel Level `json:"channel" enum:"all,mentions,nothing"`
}

// Forecast is how a message that is still being written would reach its recipients, if it were sent now.
type Forecast struct {
	People []ForecastFor `json:"people" nullable:"false" doc:"Each recipient, the soonest first; at most 20"`
	Total  int           `json:"total" doc:"How many recipients there are"`
	Now    int           `json:"now" doc:"How many of them are reached at once: their app is open, or they are told by another way"`
	Later  int           `json:"later" doc:"How many wait for their hours"`
	Quiet  int           `json:"quiet" doc:"How many are not told, but find it"`
	Last   *time.Time    `json:"last,omitempty" doc:"When the last of those who wait is told"`
	Budget *Budget       `json:"budget,omitempty" doc:"Of urgent messages"`
}

// ForecastFor is the forecast for one recipient.
type ForecastFor struct {
	Person ID          `json:"person"`
	At     *time.Time  `json:"at,omitempty" doc:"When they are told, or shown it; absent: they find it by themselves"`
	Way    AddressKind `json:"way,omitempty" enum:"app,push,email,sms,phone"`
	Why    string      `json:"why" doc:"Code of the reason, as of a step"`
	Urgent *time.Time  `json:"urgent,omitempty" doc:"When an urgent message would be told; absent: it would not break through"`
	Leave  *Leave      `json:"leave,omitempty" doc:"They are out of office"`
}

// Budget is how many urgent messages a sender has left.
type Budget struct {
	Left  int       `json:"left"`
	Of    int       `json:"of"`
	Until time.Time `json:"until" doc:"When the next one is given back"`
}

// Scheduled is a message that is sent later.
type Scheduled struct {
	ID           ID         `json:"id"`
	Conversation ID         `json:"conversation"`
	Thread       int64      `json:"thread,omitempty"`
	Body         string     `json:"body"`
	Files        []File     `json:"files" nullable:"false"`
	Need         Need       `json:"need,omitempty" enum:"whenever,normal,answer,urgent"`
	By           *time.Time `json:"by,omitempty"`
	Reason       string     `json:"reason,omitempty"`
	At           time.Time  `json:"at" doc:"When it is sent"`
	Work         bool       `json:"work,omitempty" doc:"At is when the other starts work, and moves with their hours"`
	Error        string     `json:"error,omitempty" doc:"Code of why it could not be sent: it waits for its author"`
	CreatedAt    time.Time  `json:"created_at"`
}

// Reminder brings a message back into a person's Inbox.
type Reminder struct {
	ID      ID        `json:"id"`
	Message Message   `json:"message"`
	At      time.Time `json:"at" doc:"When next"`
	Every   string    `json:"every,omitempty" enum:",day,workday,week,month" doc:"Again, at the same time of day"`
	Note    string    `json:"note,omitempty"`
}

// Asked is a message of mine that waits on others.
type Asked struct {
	Message  Message `json:"message"`
	Waiting  []ID    `json:"waiting" nullable:"false" doc:"Who has neither answered nor acknowledged; at most 50"`
	Unseen   int     `json:"unseen" doc:"How many of all who are waited for have not seen it"`
	Total    int     `json:"total" doc:"How many were asked"`
	Answered int     `json:"answered"`
}

// CatchUp is what has happened since a person last worked.
type CatchUp struct {
	Since         time.Time      `json:"since"`
	Waiting       []Item         `json:"waiting" nullable:"false" doc:"What still waits for them, the first first"`
	Settled       []Asked        `json:"settled" nullable:"false" doc:"Questions and urgent messages that have found their answer meanwhile"`
	Conversations []CaughtUpWith `json:"conversations" nullable:"false" doc:"Those with something unread, what matters most first"`
}

// CaughtUpWith is what has happened in one conversation.
type CaughtUpWith struct {
	Conversation ID        `json:"conversation"`
	Unread       int64     `json:"unread"`
	Mentions     int       `json:"mentions"`
	First        int64     `json:"first" doc:"Seq of the first unread message"`
	Last         int64     `json:"last" doc:"And of the last: mark as read up to here"`
	People       []ID      `json:"people" nullable:"false" doc:"Who has said something, the one who said most first; at most 10"`
	Changes      []Message `json:"changes" nullable:"false" doc:"What has changed: pinned, renamed, joined; at most 10"`
	Messages     []Message `json:"messages" nullable:"false" doc:"What is worth reading first: what names them, has most reactions or replies, at most 5"`
}

// How a message that wanted an answer got one.
const (
	Answered     = "answered"     // by a message
	Acknowledged = "acknowledged" // by a touch
)

// Answer is somebody's answer to a message that wanted one.
type Answer struct {
	Person ID        `json:"person"`
	How    string    `json:"how" enum:"answered,acknowledged"`
	At     time.Time `json:"at"`
	Seq    int64     `json:"seq,omitempty" doc:"Of the message that answers"`
}
