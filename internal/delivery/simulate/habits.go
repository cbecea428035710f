package simulate

import (
	"math"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// Delay is how long something takes: half of the times at most Half, nine of ten at most Most, log-normal through both.
type Delay struct{ Half, Most time.Duration }

// At returns the delay that a share u of all delays does not exceed.
func (d Delay) At(u float64) time.Duration {
	const z90 = 1.2815515655446004
	spread := math.Log(float64(d.Most)/float64(d.Half)) / z90
	return time.Duration(float64(d.Half) * math.Exp(min(spread*bell(u), 12)))
}

// Habits is how people react. docs/simulation.md says where each comes from.
type Habits struct {
	Reply  Delay                        // from being told to the answer; nights and weekends are in it
	Look   map[parley.AddressKind]Delay // from a notice to a look at it, by somebody awake with the phone at hand
	Urgent float64                      // what is urgent is looked at sooner, by this factor
	Glance Delay                        // until something new in an open app is seen

	Away    float64       // share of half hours without the phone
	Wakes   float64       // chance that a call wakes, and is taken
	WakesBy float64       // chance that a text message wakes
	PicksUp float64       // chance that somebody awake takes a call
	Evening float64       // chance that what is not urgent, seen outside working hours, is answered there
	OnLeave float64       // the same on leave
	Open    float64       // share of people who let what is urgent break through
	Between time.Duration // mean time from leaving the app to opening it again, at work
}

// Usual returns the habits that the default run has.
func Usual() Habits {
	return Habits{
		Reply: Delay{47 * time.Minute, 24 * time.Hour},
		Look: map[parley.AddressKind]Delay{
			parley.AddressApp:   {time.Minute, 5 * time.Minute},
			parley.AddressPush:  {6 * time.Minute, 60 * time.Minute},
			parley.AddressSMS:   {4 * time.Minute, 40 * time.Minute},
			parley.AddressPhone: {6 * time.Minute, 60 * time.Minute}, // a missed call on the screen
			parley.AddressEmail: {30 * time.Minute, 3 * time.Hour},
		},
		Urgent: 1. / 3,
		Glance: Delay{time.Minute, 5 * time.Minute},
		Away:   0.15, Wakes: 0.5, WakesBy: 0.1, PicksUp: 0.75,
		Evening: 0.25, OnLeave: 0.05, Open: 0.6,
		Between: 45 * time.Minute,
	}
}

// notice is one of those that somebody gets of a message.
type notice struct {
	way    parley.AddressKind
	at     time.Time
	urgent bool
	about  uint64 // the message
	count  uint64 // of the notices of it before
}

// looks returns from when on somebody could have known of a notice, and when they look at it.
func (h *Habits) looks(c chance, p *person, n notice) (told, seen time.Time) {
	who := uint64(p.number)
	luck := func(question uint64) float64 { return c.of(question, n.about, who, n.count, uint64(len(n.way))) }
	told = n.at
	switch until, asleep := p.sleeps(n.at); {
	case asleep && n.way == parley.AddressPhone && luck(ofWaking) < h.Wakes,
		asleep && n.way == parley.AddressSMS && luck(ofWaking) < h.WakesBy:
		return told, told.Add(time.Minute)
	case asleep:
		told = until
	case n.way == parley.AddressApp:
	default:
		const stretch = 30 * 60
		half := told.Unix() / stretch
		if c.of(ofReach, who, uint64(half)) < h.Away {
			told = time.Unix((half+1)*stretch, 0)
		} else if n.way == parley.AddressPhone && luck(ofPickUp) < h.PicksUp {
			return told, told.Add(20 * time.Second)
		}
	}
	delay := h.Look[n.way].At(luck(ofLook))
	if n.urgent {
		delay = time.Duration(float64(delay) * h.Urgent)
	}
	return told, told.Add(delay)
}
