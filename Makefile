# Two commands do all the set-up: make run and make test.
.PHONY: run build frontend test check generate package test-package types load crash engines test-engines test-deploy fuzz clean

GO ?= go
export CGO_ENABLED ?= 0

# The whole product with demo data, in one process.
run: build
	KELIU_DEMO=$${KELIU_DEMO:-true} ./bin/keliu serve

build: frontend
	$(GO) build -o bin/keliu ./edge

# The widget and the console. npm ci runs when a lock file is newer than what is installed.
frontend: edge/widget/dist/widget.js edge/console/dist/index.html

edge/widget/node_modules/.package-lock.json: edge/widget/package-lock.json
	cd edge/widget && npm ci --no-audit --no-fund
	touch $@

edge/widget/dist/widget.js: edge/widget/node_modules/.package-lock.json $(shell find edge/widget/src -type f)
	cd edge/widget && npm run build

edge/console/node_modules/.package-lock.json: edge/console/package-lock.json
	cd edge/console && npm ci --no-audit --no-fund
	touch $@

edge/console/dist/index.html: edge/console/node_modules/.package-lock.json edge/console/index.html edge/console/vite.config.ts $(shell find edge/console/src -type f)
	cd edge/console && npm run build

# Everything that is tested: Go, the front ends' logic, the pages in a browser.
test: build
	$(GO) vet ./...
	CGO_ENABLED=1 $(GO) test -race -shuffle=on -timeout 20m ./...
	cd edge/widget && npm run check && npm test
	cd edge/widget && KELIU_BIN=$(CURDIR)/bin/keliu npm run test:browser
	cd edge/console && npm run check && npm test && npm run budget
	cd edge/console && KELIU_BIN=$(CURDIR)/bin/keliu npm run test:browser

# Writes the console's types of the API.
types: build
	cd edge/console && npm run types

# Writes serverless.yml and .env.example from the catalog.
generate:
	$(GO) run ./infra/generate

# The zips and the template that Lambda is given, from serverless.yml; nothing is deployed and nobody is asked. To deploy them:
# infra/bootstrap/serverless/node_modules/.bin/osls deploy --package bin/lambda/package
package: infra/bootstrap/serverless/node_modules/.package-lock.json
	$(GO) run ./infra/bootstrap/pack
	infra/bootstrap/serverless/node_modules/.bin/osls package --package bin/lambda/package

test-package: package
	$(GO) test -count=1 -run 'TestPackage' -v ./infra/bootstrap

infra/bootstrap/serverless/node_modules/.package-lock.json: infra/bootstrap/serverless/package-lock.json
	cd infra/bootstrap/serverless && npm ci --no-audit --no-fund
	touch $@

# The load report and the crash test; see README.md.
load: build
	$(GO) run ./infra/load

crash: build
	$(GO) run ./infra/crash --rounds 50

# Real Pulsar, PostgreSQL and InfluxDB on this machine, and every contract on them; see infra/README.md.
engines:
	$(GO) run ./infra/engines up

test-engines: engines
	KELIU_TEST_PULSAR=pulsar://127.0.0.1:16650/keliu/desk KELIU_TEST_PULSAR_WEB=http://127.0.0.1:16680 \
	KELIU_TEST_POSTGRES=postgres://keliu:keliu@127.0.0.1:15432/keliu \
	KELIU_TEST_INFLUX='influx://127.0.0.1:18086?org=keliu&bucket=keliu&token=keliu-engines-token' \
	$(GO) test -p 1 -count=1 -timeout 30m ./streams/... ./functions/store/... ./infra/engines/...

# What Helm, Kubernetes, KEDA and Compose say of infra/deploy. Their tools are fetched and built the first time: ten minutes.
test-deploy:
	KELIU_TEST_DEPLOY=true $(GO) test -count=1 ./infra/deploy

# Every fuzz test for a while.
fuzz:
	@for f in $$(grep -rl --include=*_test.go '^func Fuzz' .); do \
	  for name in $$(grep -o '^func Fuzz[A-Za-z0-9_]*' $$f | cut -c6-); do \
	    echo "$$f $$name"; $(GO) test -run '^$$' -fuzz "^$$name$$" -fuzztime 10s ./$$(dirname $$f) || exit 1; \
	  done; \
	done

clean:
	rm -rf bin data edge/widget/dist/widget.js edge/widget/node_modules
	rm -rf infra/bootstrap/serverless/node_modules
	rm -rf edge/console/dist/assets edge/console/dist/*.* edge/console/node_modules
