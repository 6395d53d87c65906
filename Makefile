# Everything that a developer does, by name. Run `make help`.
.DEFAULT_GOAL := help
.PHONY: help demo test bench dist test-release format lab-up lab-down

# Maven formats with the JVM that runs it, so it runs on the JDK that the project is written for.
JDK := $(shell ./earshot --print-jdk)
MVN := JAVA_HOME=$(JDK) mvn -B

help: ## Print this.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Audit the incident's recorded hosts on this machine: no root, no network.
	@./earshot demo || [ $$? -eq 1 ]

test: ## Build and test everything; with root on Linux, in the lab too.
	@./cli/src/test/sh/test

bench: ## Measure Earshot beside its peers, into target/bench.md; PARTS="startup replay" chooses, RUNS=5 is how often.
	@./cli/src/test/sh/bench $(PARTS)

dist: ## Make a release: an archive with its own Java, a Debian package, checksums, a bill of materials.
	@$(MVN) -q -ntp -DskipTests package
	@./cli/dist/build

test-release: ## Make a release and install it in a bare Debian (root on Linux, package mmdebstrap).
	$(MVN) -ntp verify -Drelease.untested=false -Dtest=None -Dit.test=ReleaseIT \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

format: ## Format the sources as the build wants them.
	$(MVN) -q spotless:apply

lab-up: ## Bring the incident to life in network namespaces (root on Linux).
	@./inventory-samples/lab/lab install
	$(MVN) -q -DskipTests -pl inventory-samples package
	@./inventory-samples/lab/lab up

lab-down: ## Take the lab down again.
	@./inventory-samples/lab/lab down
