package parley

// Need says how much a message matters to whoever sends it. It is the sender's; when it may interrupt is the recipient's.
type Need string

// The needs, from the least to the greatest.
const (
	Whenever Need = "whenever" // nobody is told; it waits
	Normal   Need = "normal"
	AnswerBy Need = "answer" // an answer, a vote or an acknowledgement is wanted by a time
	Urgent   Need = "urgent" // now; must be acknowledged
)

// MaxReason is how many characters the reason of an urgent message may have.
const MaxReason = 200
