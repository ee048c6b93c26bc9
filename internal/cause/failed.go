package cause

// diskError says in Chinese what failed, with which file, and why.
type diskError struct {
	doing, name string
	err         error
}

// Failed returns an error that says what could not be done to which file, and why.
func Failed(doing, name string, err error) error { return &diskError{doing, name, err} }

func (e *diskError) Error() string {
	what := e.doing
	if e.name != "" {
		what += "“" + e.name + "”"
	}
	why := Of(e.err)
	if do := Remedy(e.err); do != "" {
		why += "，请" + do
	}
	return what + "失败：" + why
}

func (e *diskError) Unwrap() error { return e.err }
