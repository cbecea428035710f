package main

import "strconv"

// marker begins each body, so that a delivery is recognised: the number of the message, and words up to 200 bytes.
const marker = "number "

const filler = "and here is what somebody says to the others in the room, in as many words as people use when they agree on where to go for lunch, " +
	"which of the two boats is to be taken out tomorrow, and who brings the bread this time "

// body returns the message with that number, 200 bytes long.
func body(n int64) string {
	head := marker + strconv.FormatInt(n, 10) + ": "
	return head + filler[:200-len(head)]
}
