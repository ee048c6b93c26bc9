package desk

import "errors"

// startScreen opens a campaign, or makes a new one.
func startScreen() *screen {
	return &screen{
		name: "start", title: "开始", words: "打开或新建一个专项行动。", closed: true,
		data: func(r *request) (any, error) {
			return struct{ Recent []string }{r.desk.recent()}, nil
		},
		acts: map[string]act{"open": func(r *request) (answer, error) {
			dir := r.value("dir")
			if dir == "" {
				return nil, errors.New("没有写是哪一个文件夹")
			}
			if err := r.desk.open(dir); err != nil {
				return nil, err
			}
			return goTo(ownFolder), nil
		}},
	}
}
