package realtime

import (
	"sync"

	"github.com/parley-im/parley/internal/parley"
)

// reads lets all who ask History the same question share an answer, and gives nobody an answer older than the question:
// who asks while a reading goes on waits for the next one. So 5,000 clients that come back at once cost a few readings.
type reads struct {
	mu  sync.Mutex
	now map[readKey]*reading
}

type readKey struct {
	conversation parley.ID
	offset       uint64
	limit        int
}

// reading is under way; next is waited for by those who asked meanwhile.
type reading struct{ next *answer }

type answer struct {
	done   chan struct{}
	pubs   []Publication // shared: not to be changed
	latest uint64
	err    error
}

func (r *reads) do(k readKey, read func() ([]Publication, uint64, error)) ([]Publication, uint64, error) {
	r.mu.Lock()
	if under := r.now[k]; under != nil {
		if under.next == nil {
			under.next = &answer{done: make(chan struct{})}
		}
		a := under.next
		r.mu.Unlock()
		<-a.done
		return a.pubs, a.latest, a.err
	}
	if r.now == nil {
		r.now = map[readKey]*reading{}
	}
	under := &reading{}
	r.now[k] = under
	r.mu.Unlock()

	pubs, latest, err := read()

	r.mu.Lock()
	if under.next == nil {
		delete(r.now, k)
	} else {
		go r.follow(k, under, read)
	}
	r.mu.Unlock()
	return pubs, latest, err
}

// follow reads for those who came too late, until nobody did.
func (r *reads) follow(k readKey, under *reading, read func() ([]Publication, uint64, error)) {
	for {
		r.mu.Lock()
		a := under.next
		if under.next = nil; a == nil {
			delete(r.now, k)
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
		a.pubs, a.latest, a.err = read()
		close(a.done)
	}
}
