# wangjian: build, preview and test. Go is all that build and serve need.

GO ?= go
ADDR ?= 127.0.0.1:8080
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# As in a release: what is compiled holds no path of this machine, so that every
# checkout can use it.
export GOFLAGS := $(strip $(filter-out -trimpath,$(shell $(GO) env GOFLAGS)) -trimpath)
PLATFORMS = windows/amd64 linux/amd64 linux/arm64 linux/loong64 darwin/arm64

.PHONY: build serve check pdf quick test test-command test-desk test-scripts test-whole test-race test-tools lint words vulnerabilities fuzz soak bench fmt dist release tools vnu datapackage s3server lighthouse echarts windows processors clean sample pictures

build: ## the sample site into public/
	$(GO) run ./cmd/wangjian build

serve: ## preview of the sample site, with live reload
	$(GO) run ./cmd/wangjian serve --addr $(ADDR)

check: ## every finding in data/ and content/
	$(GO) run ./cmd/wangjian check

pdf: ## report.pdf alone
	$(GO) run ./cmd/wangjian pdf

# The tests are in two parts. Files without a build tag need Go alone and make up
# make quick. Files that begin with “//go:build whole” start a browser, Java,
# Python or tools for PDF, or take long; with -tags whole every file is built, so
# make test leaves nothing out, and vet and staticcheck see all of them.
SOURCES = cmd internal layouts data content tools
# Modules of their own: what they need is not the program's. tools/windows is
# compiled for Windows only, by make windows; tools/lint names the linters.
TOOLS = $(filter-out tools/windows tools/lint,$(patsubst %/go.mod,%,$(wildcard tools/*/go.mod)))
WHOLE = -tags whole
LINT = $(GO) tool -modfile=tools/lint/go.mod

quick: lint words ## vet, staticcheck and unit tests, with Go alone: under a minute
	$(GO) test -vet=off ./...

# The browser's tests wait half of their time: the parts run side by side, and the
# command's tests are three of them. They last longest, so the others come after.
test: tools vnu datapackage s3server ## all tests; nothing is skipped
	@$(MAKE) -k -j4 --output-sync=target --no-print-directory test-command test-desk test-scripts lint test-whole words test-race test-tools

TEST = $(GO) test -vet=off -timeout 40m
LATER = nice -n 5
DESK = ^Test(Desk|PDFs|Drawn|Hover|Accessibility)
SCRIPTS = ^Test(Whole)?Scripts$$

test-command:
	$(TEST) $(WHOLE) -skip '$(DESK)|$(SCRIPTS)' ./cmd/wangjian

test-desk:
	$(TEST) $(WHOLE) -run '$(DESK)' ./cmd/wangjian

test-scripts:
	$(TEST) $(WHOLE) -run '$(SCRIPTS)' ./cmd/wangjian

test-whole:
	$(LATER) $(TEST) $(WHOLE) $$($(GO) list ./... | grep -v /cmd/wangjian)

# Under the race detector: the preview, the workers and their ends, a campaign that
# is checked, and one whose site is built, published, verified and corrected, which
# together start every goroutine there is. make soak puts all tests under it.
test-race:
	CGO_ENABLED=1 $(LATER) $(TEST) -race ./internal/preview
	CGO_ENABLED=1 $(LATER) $(TEST) -race -run 'Workers|AtOnce|Stopped' ./internal/publish
	CGO_ENABLED=1 $(LATER) $(TEST) -race -run 'TestSmallCampaign|TestSample' ./internal/review
	CGO_ENABLED=1 $(LATER) $(TEST) -race -run 'TestCorrect|TestHistory' ./internal/publication

test-tools: # never from the cache of results: what they read lies outside their modules
	set -e; for m in $(TOOLS); do $(LATER) $(GO) -C $$m vet ./...; $(LATER) $(GO) -C $$m test -count=1 ./...; done

lint:
	@test -z "$$(gofmt -l $(SOURCES))" || { gofmt -l $(SOURCES); echo 'run make fmt'; exit 1; }
	@! grep -rnE '\.Skip(f|Now)?\(|testing\.Short\(|go:build.*!whole' --include='*_test.go' $(SOURCES) || { echo 'no test is skipped or left out'; exit 1; }
	$(LATER) $(GO) vet $(WHOLE) ./...
	$(LATER) $(LINT) staticcheck $(WHOLE) ./...

words: ## words of the list in docs/style.md that stand where others should
	@$(GO) run ./tools/words

vulnerabilities: ## known faults of the modules, where their database can be reached
	@if out=$$($(LINT) govulncheck ./... 2>&1); then echo "$$out"; else echo "$$out"; \
	  echo "$$out" | grep -q 'govulncheck: fetching vulnerabilities' && echo 'the database of known faults cannot be reached: nothing was checked'; fi

# Every reader of what comes from outside, as package:target.
FUZZ = source:FuzzYAML source:FuzzItem source:FuzzResolve campaign:FuzzReference \
  forms:FuzzImportXLSX forms:FuzzImportSheet forms:FuzzImportCSV forms:FuzzRewrite manuscript:FuzzImportDocx \
  picture:FuzzVideo picture:FuzzPicture privacy:FuzzLine attachment:FuzzRead \
  markdown:FuzzParse site:FuzzBody source:FuzzPlainYAML fasthtml:FuzzEscape source:FuzzSlips wording:FuzzFind pdf/typeset:FuzzLayout
FUZZTIME ?= 10m

fuzz:
	for f in $(FUZZ); do \
	  $(GO) test -run '^$$' -fuzz "^$${f#*:}$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x ./internal/$${f%%:*} || exit 1; \
	done

soak: tools vnu s3server lighthouse fuzz windows processors ## the long runs: fuzzing, kills, many edits, Windows, other processors
	SOAK=1 $(GO) test -timeout 60m $(WHOLE) ./...
	CGO_ENABLED=1 $(GO) test -vet=off -timeout 60m -race ./internal/... ./cmd/...
	$(MAKE) echarts && git diff --exit-code layouts/assets/echarts.min.js

windows: ## the Windows program under Wine, as a clerk uses it
	@missing=; for c in wine:wine wine64:wine64 x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64; do \
	  command -v $${c%%:*} >/dev/null || [ -e /usr/lib/wine/$${c%%:*} ] || missing="$$missing $${c##*:}"; \
	done; $(call install,this needs)
	tools/windows/try.sh

processors: ## the sample on arm64 and loong64 under qemu-user, each file compared
	@missing=; command -v qemu-aarch64 >/dev/null && command -v qemu-loongarch64 >/dev/null || missing=' qemu-user'; \
	$(call install,this needs)
	tools/processors/try.sh

VNU = .wangjian/vnu

vnu: # the checker of HTML and CSS that the tests put every page through
	@test -e $(VNU)/node_modules/vnu-jar/build/dist/vnu.jar || npm install --silent --no-audit --no-fund --prefix $(VNU) vnu-jar@26.9.27 >/dev/null || \
	  { rm -rf $(VNU); echo 'the tests need the Nu checker: npm install --prefix $(VNU) vnu-jar@26.9.27'; exit 1; }

DATAPACKAGE = .wangjian/datapackage

datapackage: # reads data/datapackage.json as other people's programs do
	@test -e $(DATAPACKAGE)/node_modules/datapackage/package.json || npm install --silent --no-audit --no-fund --prefix $(DATAPACKAGE) datapackage@1.1.10 >/dev/null || \
	  { rm -rf $(DATAPACKAGE); echo 'the tests need the reader of data packages: npm install --prefix $(DATAPACKAGE) datapackage@1.1.10'; exit 1; }

S3SERVER = .wangjian/s3server/s3server

s3server: $(S3SERVER) # object storage that the tests publish to: versitygw, built in two minutes once

$(S3SERVER): tools/s3server/main.go tools/s3server/go.mod
	$(GO) build -C tools/s3server -o $(CURDIR)/$@ .

LIGHTHOUSE = .wangjian/lighthouse

lighthouse: # looks at the main page kinds in make soak and make bench
	@test -e $(LIGHTHOUSE)/node_modules/lighthouse/cli/index.js || npm install --silent --no-audit --no-fund --prefix $(LIGHTHOUSE) lighthouse@12.8.2 >/dev/null || \
	  { rm -rf $(LIGHTHOUSE); echo 'this needs Lighthouse: npm install --prefix $(LIGHTHOUSE) lighthouse@12.8.2'; exit 1; }

ECHARTS = .wangjian/echarts

echarts: ## layouts/assets/echarts.min.js again, of the parts that docs/echarts/entry.js names
	@test -e $(ECHARTS)/node_modules/echarts/core.js || npm install --silent --no-audit --no-fund --prefix $(ECHARTS) echarts@6.1.0 >/dev/null || \
	  { rm -rf $(ECHARTS); echo 'this needs ECharts: npm install --prefix $(ECHARTS) echarts@6.1.0'; exit 1; }
	NODE_PATH=$(CURDIR)/$(ECHARTS)/node_modules $(GO) run github.com/evanw/esbuild/cmd/esbuild docs/echarts/entry.js \
	  --bundle --minify --format=iife --global-name=echarts --target=es5 --legal-comments=none \
	  --define:process.env.NODE_ENV='"production"' --banner:js="$$(cat docs/echarts/banner.txt)" \
	  --outfile=layouts/assets/echarts.min.js --log-level=warning

BENCH ?= S,M
BENCH_TIMES ?= 3
BENCH_WORK ?= $(CURDIR)/.wangjian/bench

bench: lighthouse ## the table of docs/scale.md, with L and XL by BENCH=S,M,L,XL, on tmpfs by BENCH_WORK=FOLDER; then the benchmarks of the packages
	$(GO) -C tools/bench run . all -sizes $(BENCH) -times $(BENCH_TIMES) -work $(BENCH_WORK)
	$(GO) test -run '^$$' $(WHOLE) -bench . -benchmem ./...

fmt:
	gofmt -w $(SOURCES)

dist: ## an archive and an SBOM a platform, without cgo, sample and layouts embedded; SHA256SUMS
	$(GO) -C tools/dist run . -version '$(VERSION)' -o '$(CURDIR)/dist' $(PLATFORMS)

release: ## the tag, dist/ and its notes: make release VERSION=v0.4.0
	@case '$(VERSION)' in v[0-9]*.[0-9]*.[0-9]*) ;; *) echo 'name the version: make release VERSION=v0.4.0'; exit 1;; esac; \
	case '$(VERSION)' in *dirty*|*-g*) echo 'name the version: make release VERSION=v0.4.0'; exit 1;; esac
	@test -z "$$(git status --porcelain)" || { echo 'commit or stash first: a release is made from a clean tree'; exit 1; }
	@! git rev-parse -q --verify 'refs/tags/$(VERSION)' >/dev/null || { echo 'the tag $(VERSION) exists'; exit 1; }
	@rm -rf dist && mkdir dist; awk -v v='$(VERSION:v%=%)' '/^## /{on=($$2==v)} on' CHANGELOG.md >dist/NOTES.md; \
	test -s dist/NOTES.md || { echo 'CHANGELOG.md has no entry ## $(VERSION:v%=%)'; exit 1; }
	$(MAKE) test
	$(MAKE) dist VERSION=$(VERSION)
	git tag -a '$(VERSION)' -F dist/NOTES.md --cleanup=verbatim
	@echo 'tagged $(VERSION); publish the tag, and dist/ with dist/NOTES.md'

sample: ## draw the sample's pictures and decisions again (the clip needs ffmpeg)
	$(GO) -C tools/decisions run .
	$(GO) -C tools/gallery run .

pictures: ## docs/pictures again: the desk over the sample, pages of the site
	@missing=; command -v chromium >/dev/null || missing="$$missing chromium"; command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	[ ! -d /usr/lib/chromium ] || [ -e /usr/lib/chromium/locales/zh-CN.pak ] || missing="$$missing chromium-l10n"; \
	fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || missing="$$missing fonts-noto-cjk"; $(call install,this needs)
	$(GO) run ./tools/pictures

# Installs what a recipe has put into missing, or says what to install.
install = [ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then \
	  echo "installing$$missing"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	else \
	  echo "$(1)$$missing; install them:  sudo apt-get install$$missing"; exit 1; \
	fi

# What the tests need beyond Go: a browser for the site, readers for the PDF, a
# validator of PDF/A, and a C compiler for the race detector.
tools:
	@missing=; \
	command -v chromium-headless-shell >/dev/null || missing="$$missing chromium-headless-shell"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	command -v qpdf >/dev/null || missing="$$missing qpdf"; \
	command -v mutool >/dev/null || missing="$$missing mupdf-tools"; \
	[ -x /usr/sbin/sshd ] || missing="$$missing openssh-server"; \
	command -v unzip >/dev/null || missing="$$missing unzip"; \
	command -v npm >/dev/null || missing="$$missing npm"; \
	command -v gcc >/dev/null || missing="$$missing gcc libc6-dev"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	for j in preflight:libpdfbox2-java javax.activation:libactivation-java jaxb-api:libjaxb-api-java \
	  commons-logging:libcommons-logging-java commons-io:libcommons-io-java; do \
	  [ -e /usr/share/java/$${j%:*}.jar ] || missing="$$missing $${j#*:}"; \
	done; \
	have=; for p in $$(which -a python3 2>/dev/null); do $$p -c 'import openpyxl' 2>/dev/null && have=1; done; \
	[ -n "$$have" ] || missing="$$missing python3-openpyxl"; \
	dpkg -s python3-docx >/dev/null 2>&1 || missing="$$missing python3-docx"; \
	fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || missing="$$missing fonts-noto-cjk"; \
	$(call install,the tests need)

clean:
	rm -rf public dist report.pdf report-full.pdf brief.pdf .wangjian
