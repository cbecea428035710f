package simulate

import (
	"math"
	"math/rand/v2"
)

// chance answers questions of luck by looking them up, not by drawing in a row: the same question has the same answer,
// however often and in whatever order it is put. So what differs between two strategies is due to the strategies
// (common random numbers), and nothing depends on who asks first.
type chance uint64

// The questions.
const (
	ofReply   = iota + 1 // how long an answer takes
	ofHeed               // the same, after a reminder
	ofLook               // how long a notice is not looked at
	ofReach              // whether the phone is near, in this half hour
	ofWaking             // whether a noise wakes
	ofPickUp             // whether a call is taken
	ofEvening            // whether what is seen outside working hours is answered there
	ofGlance             // how long something new in an open app is not seen
)

// of returns the answer to a question about something: evenly spread, above 0 and below 1.
func (c chance) of(question uint64, about ...uint64) float64 {
	x := scatter(uint64(c) ^ question*0x9e3779b97f4a7c15)
	for _, a := range about {
		x = scatter(x ^ a)
	}
	return (float64(x>>12) + 0.5) / (1 << 52)
}

// scatter is the end of SplitMix64 (Steele, Lea, Flood 2014): close numbers come out far from each other.
func scatter(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// row returns luck in a row, for what is made up before any strategy: one for each kind of thing and each of the kind.
func row(seed uint64, kind, number int) *rand.Rand {
	of := scatter(uint64(number)<<8 | uint64(kind))
	return rand.New(rand.NewPCG(seed, of)) //nolint:gosec // nothing to guess
}

// The kinds.
const (
	ofPerson = iota
	ofDeputies
	ofRounds
	ofTalk
)

// bell turns an even chance into a normal one: mean 0, deviation 1.
func bell(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }
