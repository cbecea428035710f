// Package peers_test lets programs that others wrote speak with a Parley that is served: what they send is looked at as
// people see it. Each test fails where its program is missing; scripts/test installs them.
package peers_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// alertmanager starts Debian's prometheus-alertmanager with a receiver that posts as to Slack, and returns its address.
func alertmanager(t testing.TB, hook string) string {
	t.Helper()
	dir := t.TempDir()
	settings := filepath.Join(dir, "alertmanager.yml")
	err := os.WriteFile(settings, fmt.Appendf(nil, `
route: {receiver: parley, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
receivers:
  - name: parley
    slack_configs:
      - api_url: %s
        channel: '#alerts'
        send_resolved: true
        fields: [{title: Severity, value: '{{ .CommonLabels.severity }}', short: true}]
        actions: [{type: button, text: Runbook, url: '{{ .CommonAnnotations.runbook }}'}]
`, hook), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("prometheus-alertmanager", "--config.file", settings, "--storage.path", dir, "--cluster.listen-address=",
		"--web.listen-address=127.0.0.1:0", "--web.external-url=http://alerts.example")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("Alertmanager (Debian: prometheus-alertmanager): %v", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var log strings.Builder
	lines := bufio.NewScanner(said)
	for at := regexp.MustCompile(`Listening on.*address=(127\.\S+)`); lines.Scan(); {
		log.WriteString(lines.Text() + "\n")
		if found := at.FindStringSubmatch(lines.Text()); found != nil {
			go func() {
				for lines.Scan() {
				}
			}()
			return "http://" + found[1]
		}
	}
	t.Fatalf("Alertmanager does not start:\n%s", log.String())
	return ""
}

func TestAnAlertIsReadInParleyAndThatItIsOver(t *testing.T) {
	p := serve(t)
	at := alertmanager(t, p.webhook("Monitor"))
	tell := func(ends time.Time) {
		t.Helper()
		alert := map[string]any{
			"labels":       map[string]string{"alertname": "Disk_full", "severity": "page", "instance": "db1.example:9100"},
			"annotations":  map[string]string{"runbook": "https://runbook.example/disk"},
			"generatorURL": "http://prometheus.example/graph", "startsAt": time.Now().Add(-time.Minute),
		}
		if !ends.IsZero() {
			alert["endsAt"] = ends
		}
		body, err := json.Marshal([]any{alert})
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.Post(at+"/api/v2/alerts", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("Alertmanager answers %s", answer.Status)
		}
	}
	look := func(m parley.Message, sign, status string) {
		t.Helper()
		const link = `href="http://alerts.example/#/alerts?receiver=parley"`
		for what, part := range map[string]string{
			"colour": sign, "status": "[" + status + "] Disk_full", "link": link, "field": "<strong>Severity</strong>: page",
			"action": `href="https://runbook.example/disk"`,
		} {
			if !strings.Contains(m.HTML, part) {
				t.Errorf("%s: no %s (%s) in\n%s", status, what, part, m.HTML)
			}
		}
		if m.As == nil || m.As.Name != "Alertmanager" || m.Via != parley.ViaWebhook {
			t.Errorf("shown as %+v, via %s", m.As, m.Via)
		}
		if strings.ContainsAny(m.HTML, `\`) {
			t.Errorf("signs of escaping are seen in\n%s", m.HTML)
		}
		t.Logf("%s:\n%s", status, m.Body)
	}
	tell(time.Time{})
	look(p.hear(), "🔴", "FIRING:1")
	tell(time.Now())
	look(p.hear(), "🟢", "RESOLVED")
}
