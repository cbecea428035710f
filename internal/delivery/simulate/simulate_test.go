package simulate_test

import (
	"errors"
	"flag"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/delivery/simulate"
	"github.com/parley-im/parley/internal/parley"
)

var update = flag.Bool("update", false, "write the golden files anew")

// small is an organisation that is simulated at once.
func small(more ...func(*simulate.Config)) simulate.Config {
	c := simulate.Config{People: 60, Zones: 4, Days: 10, Seed: 1, Habits: simulate.Usual()}
	for _, change := range more {
		change(&c)
	}
	return c
}

func run(t *testing.T, c simulate.Config, strategies ...simulate.Strategy) simulate.Result {
	t.Helper()
	r, err := simulate.Run(c, strategies...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// figures are those of one of the usual strategies.
func figures(t *testing.T, r simulate.Result, name string) simulate.Figures {
	t.Helper()
	i := slices.IndexFunc(r.Figures, func(f simulate.Figures) bool { return f.Strategy == name })
	if i < 0 {
		t.Fatalf("no strategy %s", name)
	}
	return r.Figures[i]
}

func TestATableAndAPlotLookLikeTheirGoldenFile(t *testing.T) {
	r := run(t, small())
	got := r.Table() + "\n" + r.Plot()
	const golden = "testdata/small.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got (-update writes it anew):\n%s", diff)
	}
}

func TestTheSameSeedHasTheSameResultOnAnyNumberOfCores(t *testing.T) {
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	one := run(t, small())
	runtime.GOMAXPROCS(2)
	if diff := cmp.Diff(one, run(t, small())); diff != "" {
		t.Errorf("one core, two cores:\n%s", diff)
	}
	if other := run(t, small(func(c *simulate.Config) { c.Seed = 2 })); cmp.Equal(one.Figures, other.Figures) {
		t.Error("another seed has the same result")
	}
}

func TestLuckIsTheSameForAllStrategies(t *testing.T) {
	nothing := func(delivery.Message, delivery.Recipient, time.Time) []delivery.Step { return nil }
	push := func(at time.Time) delivery.Step {
		return delivery.Step{At: at, What: delivery.Tell, Way: parley.AddressPush}
	}
	once := func(_ delivery.Message, _ delivery.Recipient, now time.Time) []delivery.Step {
		return []delivery.Step{push(now)}
	}
	twice := func(_ delivery.Message, _ delivery.Recipient, now time.Time) []delivery.Step {
		return []delivery.Step{push(now), push(now.Add(time.Hour))}
	}
	r := run(t, small(), simulate.Strategy{Name: "1", Plan: nothing}, simulate.Strategy{Name: "2", Plan: once},
		simulate.Strategy{Name: "3", Plan: twice}, simulate.Strategy{Name: "2", Plan: once})
	if diff := cmp.Diff(r.Figures[1], r.Figures[3]); diff != "" {
		t.Errorf("what is done twice comes out twice:\n%s", diff)
	}
	// Everybody answers at the same time or sooner when told more. In separate draws some would be later.
	for i := 1; i < 3; i++ {
		sooner := 0
		for need, times := range r.Figures[i].Answers {
			for n, took := range times {
				if took > r.Figures[i-1].Answers[need][n] {
					t.Fatalf("%s, told %d times: the %dth answer takes %v, told less %v", need, i, n, took, r.Figures[i-1].Answers[need][n])
				} else if took < r.Figures[i-1].Answers[need][n] {
					sooner++
				}
			}
		}
		if sooner == 0 {
			t.Errorf("told %d times: nobody answers sooner", i)
		}
	}
}

func TestAllAtOnceInterruptsOnceForEachRecipient(t *testing.T) {
	r := run(t, small())
	if f := figures(t, r, "All at once"); f.Interruptions != r.Deliveries || r.Deliveries == 0 {
		t.Errorf("%d interruptions for %d recipients", f.Interruptions, r.Deliveries)
	}
}

func TestParleyInterruptsOutsideHoursOnlyForWhatIsUrgent(t *testing.T) {
	for seed := range uint64(5) {
		r := run(t, small(func(c *simulate.Config) { c.Seed, c.Zones = seed, 16 }))
		if f := figures(t, r, "Parley"); f.NotUrgent != 0 || f.Outside == 0 {
			t.Errorf("seed %d: %d of %d outside, not urgent %d", seed, f.Outside, f.Interruptions, f.NotUrgent)
		}
		if f := figures(t, r, "All at once"); f.NotUrgent < f.Outside/2 {
			t.Errorf("seed %d: at once, %d of %d outside are not urgent", seed, f.NotUrgent, f.Outside)
		}
	}
}

func TestWhatIsUrgentEndsAcknowledgedOrReported(t *testing.T) {
	deaf := func(c *simulate.Config) { c.Habits.Away, c.Habits.Wakes, c.Habits.PicksUp = 0.95, 0, 0 }
	for seed := range uint64(5) {
		r := run(t, small(deaf, func(c *simulate.Config) { c.Seed = seed }))
		if f := figures(t, r, "Parley"); f.Silent != 0 || f.Unwarned != 0 || f.Reported == 0 || f.Deputies == 0 {
			t.Errorf("seed %d: %d silent, %d deadlines missed without a word, %d reported, %d deputies", seed, f.Silent, f.Unwarned, f.Reported, f.Deputies)
		}
		if f := figures(t, r, "Teams urgent"); f.Silent == 0 {
			t.Errorf("seed %d: repeating reaches everybody", seed)
		}
	}
}

func TestWhoIsWokenAcknowledgesSooner(t *testing.T) {
	within := func(wakes float64) float64 {
		r := run(t, small(func(c *simulate.Config) { c.People, c.Habits.Wakes = 200, wakes }))
		return figures(t, r, "Parley").Answers[parley.Urgent].Within(10 * time.Minute)
	}
	if asleep, awake := within(0), within(1); awake <= asleep {
		t.Errorf("within ten minutes: %.3f when nobody wakes, %.3f when all do", asleep, awake)
	}
}

func TestAReplyTakesWhatKootiAndOthersMeasured(t *testing.T) {
	reply := simulate.Usual().Reply
	for share, want := range map[float64]time.Duration{0.5: 47 * time.Minute, 0.9: 24 * time.Hour} {
		if got := reply.At(share); math.Abs(got.Minutes()-want.Minutes()) > 0.01 {
			t.Errorf("%.0f %% answer within %v, want %v", 100*share, got, want)
		}
	}
}

func TestWhatIsNoOrganisationIsRefused(t *testing.T) {
	for name, change := range map[string]func(*simulate.Config){
		"nobody to talk to": func(c *simulate.Config) { c.People = 1 },
		"no zone":           func(c *simulate.Config) { c.Zones = 0 },
		"too many zones":    func(c *simulate.Config) { c.Zones = len(simulate.Zones) + 1 },
		"no day":            func(c *simulate.Config) { c.Days = 0 },
	} {
		if _, err := simulate.Run(small(change)); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, people := range []int{2, 3, 9} {
		if r := run(t, small(func(c *simulate.Config) { c.People, c.Zones = people, 1 })); r.Messages == 0 {
			t.Errorf("%d people say nothing", people)
		}
	}
}

func TestEachOtherAssumptionChangesSomething(t *testing.T) {
	text, err := simulate.Vary(small(func(c *simulate.Config) { c.People = 80 }))
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(text), "\n\n")
	if len(blocks) != 5 {
		t.Fatalf("%d figures, want 5:\n%s", len(blocks), text)
	}
	changes := map[string]bool{}
	for _, block := range blocks {
		lines := strings.Split(block, "\n")
		if len(lines) != 11 || !strings.Contains(lines[1], "as assumed") {
			t.Fatalf("not a name and ten lines:\n%s", block)
		}
		const name = 33
		for _, l := range lines[2:] {
			changes[l[:name]] = changes[l[:name]] || l[name:] != lines[1][name:]
		}
	}
	for assumption, something := range changes {
		if !something {
			t.Errorf("%s: nothing changes", strings.TrimSpace(assumption))
		}
	}
}
