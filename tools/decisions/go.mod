module wangjian/tools/decisions

go 1.26.0

require wangjian v0.0.0

require (
	github.com/agnivade/levenshtein v1.2.2 // indirect
	github.com/klauspost/compress v1.19.2 // indirect
	github.com/phpdave11/gofpdi v1.0.14-0.20211212211723-1f10f9844311 // indirect
	github.com/pkg/errors v0.8.1 // indirect
	github.com/shopspring/decimal v1.4.0 // indirect
	github.com/signintech/gopdf v0.33.0 // indirect
	golang.org/x/image v0.44.0 // indirect
	golang.org/x/text v0.44.0 // indirect
)

replace wangjian => ../..
