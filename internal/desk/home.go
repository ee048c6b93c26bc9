package desk

// homeScreen is the first page: what there is to do.
func homeScreen() *screen {
	return &screen{
		name: "home", title: "首页", closed: true,
		data: func(r *request) (any, error) {
			type card struct{ Name, Title, Words, Badge string }
			var cards []card
			for _, s := range screens {
				if s.hidden || s.name == "home" || r.work == nil && !s.closed {
					continue
				}
				c := card{Name: s.name, Title: s.title, Words: s.words}
				if s.badge != nil && r.loaded != nil {
					c.Badge = s.badge(r)
				}
				cards = append(cards, c)
			}
			return cards, nil
		},
	}
}
