package process_test

import (
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestSimulatePrintsATableAndDrawsAPicture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "figures.png")
	run := func() string {
		out, err := exec.Command(binary, "simulate", "--people", "50", "--days", "3", "--png", file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	said := run()
	for _, want := range []string{"50 people in 8 time zones, 3 days, seed 1", "Interruptions, per person and day", "Parley", "All at once", "█"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	if again := run(); again != said {
		t.Errorf("another run says something else:\n%s\n%s", said, again)
	}
	drawn, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer drawn.Close()
	if _, err := png.Decode(drawn); err != nil {
		t.Error(err)
	}
	if out, err := exec.Command(binary, "simulate", "--zones", "99").CombinedOutput(); err == nil || !strings.Contains(string(out), "zones") {
		t.Errorf("99 zones: %v\n%s", err, out)
	}
}
