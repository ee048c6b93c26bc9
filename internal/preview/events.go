package preview

import (
	"fmt"
	"net/http"
	"time"
)

// heartbeat keeps an event stream open and finds out who has gone.
const heartbeat = 15 * time.Second

// events tells an open page to reload: at once when the page is of another
// state than the present one, else when that is replaced.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	flush := http.NewResponseController(w).Flush
	if r.Method == http.MethodHead {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	fmt.Fprint(w, "retry: 500\n\n")
	for has := r.URL.Query().Get("token"); ; {
		st := s.state.Load()
		if st.token != has {
			fmt.Fprintf(w, "event: reload\ndata: %s\n\n", st.token)
			has = st.token
		}
		if flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-st.replaced:
		case <-beat.C:
			fmt.Fprint(w, ":\n\n")
		}
	}
}
