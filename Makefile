# SPDX-License-Identifier: BSD-2-Clause
# ringtail: `make run` and `make check` install what is missing; `make help` says what else there is.

ifeq ($(origin CC),default)
CC = gcc
endif
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif
PREFIX = /usr/local
BUILD = build
# Lines are made of small pieces: gathering them in vector registers first costs more than it saves.
OPT = -O3 -g -fno-tree-slp-vectorize
FUZZ_TIME = 60
N = 10000
quiet = $(if $(V),,@)
say = @echo '  '

# The flags of the list that this compiler knows, on this machine.
knows = $(foreach f,$(1),$(shell $(CC) -Werror $(f) -fsyntax-only -x c /dev/null 2>/dev/null && echo '$(f)'))

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
HARDEN := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	$(call knows,-fcf-protection -ftrivial-auto-var-init=zero)
SANITIZE :=
CPPFLAGS = -I. -MMD -MP
CFLAGS = -std=gnu17 $(OPT) -fPIE $(WARN) $(WERROR) $(HARDEN) $(SANITIZE)
# Tables of pointers need 11,000 relocations: packed they take a tenth of a millisecond less to begin.
LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,pack-relative-relocs $(SANITIZE)
# Of the libraries copies are in the program: to load them would cost each run half of the time that it takes to begin.
# libpcap's own would bring eight more, for captures on D-Bus, a part that nothing here reaches: it is left out.
LDLIBS = -Wl,--defsym=dbus_create=0,--defsym=dbus_findalldevs=0 -Wl,-Bstatic -lpcap -lpcre2-8 -lnettle -lncursesw -ltinfo \
	-lz -lzstd -llz4 -lseccomp -lcap-ng -Wl,-Bdynamic

SRC := $(wildcard ui/*.c ui/screen/*.c capture/*.c decode/*.c decode/proto/*.c decode/track/*.c)
OBJ := $(SRC:%.c=$(BUILD)/%.o)
LIB := $(filter-out $(BUILD)/ui/main.o,$(OBJ))
# Each file is a program: of the first list with all of ringtail in it, of the second on its own.
LINKED := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c tests/terminal/test_*.c tests/*.c))
ALONE := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/peers/*.c tests/bench/*.c))
C_FILES := $(SRC) $(wildcard tests/*.c tests/*/*.c)

.PHONY: all programs help run check sanitize valgrind soak lint fuzz mutate bench bench-live format golden-update install clean
.SECONDARY:
.DELETE_ON_ERROR:

all: $(BUILD)/ringtail
	@:

programs: $(BUILD)/ringtail $(LINKED) $(ALONE)

$(BUILD)/ringtail: $(OBJ)
	$(say) LINK $@
	$(quiet)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LINKED): $(BUILD)/%: $(BUILD)/%.o $(LIB)
	$(say) LINK $@
	$(quiet)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(BUILD)/tests/terminal/%: LDLIBS += -lvterm
$(filter $(BUILD)/tests/terminal/%,$(LINKED)): $(BUILD)/tests/terminal/driver.o

$(BUILD)/tests/slowest: $(BUILD)/tests/fuzz/outputs.o

$(ALONE): $(BUILD)/%: $(BUILD)/%.o
	$(say) LINK $@
	$(quiet)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

# Decoders count in many widths: no conversion there may go unseen.
$(BUILD)/decode/%.o: WARN += -Wconversion

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Other flags than last time: all is built anew.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS)' >$@
FORCE:

help: ## say this
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' Makefile

run: export RUN_ARGS = $(value ARGS)
run: ## build and open the view, where an interface is chosen; ARGS='-r FILE' and all other options pass through
	@tests/deps.sh build
	@$(MAKE) --no-print-directory all
	@eval "exec tests/as_root.sh $(BUILD)/ringtail $$RUN_ARGS"

check: ## build and run all tests
	@tests/deps.sh build check
	@$(MAKE) --no-print-directory programs
	@BUILD=$(BUILD) tests/run $(TESTS)

SAN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
sanitize: ## the same under AddressSanitizer and UndefinedBehaviorSanitizer
	@SANITIZED=1 $(MAKE) --no-print-directory check BUILD=build/asan OPT='-O1 -g -DUNCONFINED' HARDEN= SANITIZE='$(SAN)'

VALGRIND = build/valgrind
valgrind: ## unit tests, goldens and the engines under valgrind
	@tests/deps.sh build check
	@$(MAKE) --no-print-directory programs BUILD=build/unconfined OPT='$(OPT) -DUNCONFINED'
	@tests/valgrind.sh build/unconfined $(VALGRIND)
	@SANITIZED=1 BUILD=$(VALGRIND) tests/run $(wildcard tests/unit/*.c) tests/replay/golden.py tests/live/engines.py

SOAK_TIME = 600
soak: ## a capture of SOAK_TIME=600 seconds, a million flows at 20,000 packets a second: what it takes, and keeps
	@tests/deps.sh build check
	@$(MAKE) --no-print-directory programs
	@BUILD=$(BUILD) tests/as_root.sh tests/soak.py $(SOAK_TIME)

# States that the analyzer goes through in a function, before it gives it up: the time grows with them.
LINT_NODES = 225000
lint: ## clang-tidy and cppcheck; .clang-tidy and tests/cppcheck.txt say what is off, and why
	@tests/deps.sh build check lint
	@printf '%s\n' $(filter-out tests/unit/%,$(C_FILES)) | xargs -P $$(nproc) -n 8 \
		sh -c 'clang-tidy --quiet "$$@" -- -std=gnu17 -I. -Xclang -analyzer-config -Xclang max-nodes=$(LINT_NODES)' tidy
	@cppcheck --quiet -j $$(nproc) --error-exitcode=1 --inline-suppr --std=c11 --enable=warning,performance,portability \
		--suppressions-list=tests/cppcheck.txt -I. $(SRC) $(wildcard tests/peers/*.c)

FUZZ_BUILD = build/fuzz
FUZZERS = $(patsubst tests/fuzz/%.c,$(FUZZ_BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz: ## libFuzzer over reader, decoders and printing, display filters, and some protocols, FUZZ_TIME=60 seconds each
	@tests/deps.sh build fuzz
	@$(MAKE) --no-print-directory $(FUZZERS) CC=clang BUILD=$(FUZZ_BUILD) OPT='-O1 -g' HARDEN= \
		SANITIZE='$(SAN) -fsanitize=fuzzer-no-link'
	@for program in $(FUZZERS); do tests/fuzz/run.sh $$program $(FUZZ_TIME) || exit 1; done

FUZZ_SHARED = $(BUILD)/tests/fuzz/outputs.o $(BUILD)/tests/fuzz/one_protocol.o
$(filter $(BUILD)/%,$(FUZZERS)): $(BUILD)/%: $(BUILD)/tests/fuzz/%.o $(FUZZ_SHARED) $(LIB)
	$(say) LINK $@
	$(quiet)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

mutate: ## N=10000 damaged captures through the sanitized ringtail, and how long their packets take
	@tests/deps.sh build check
	@$(MAKE) --no-print-directory build/asan/ringtail BUILD=build/asan OPT='-O1 -g -DUNCONFINED' HARDEN= SANITIZE='$(SAN)'
	@$(MAKE) --no-print-directory $(BUILD)/tests/slowest
	@MUTATIONS=$(N) tests/bench/slowest.py
	@MUTATIONS=$(N) BUILD=build/asan SANITIZED=1 tests/run tests/replay/mutated.py

bench: ## time, memory and instructions beside tcpdump's; as root also captures to a disk, and what several workers lose
	@tests/deps.sh build bench
	@$(MAKE) --no-print-directory programs
	@tests/bench/bench.py
	@tests/bench/disk.py
	@tests/bench/workers.py

bench-live: ## what the live view takes, and that it costs the file nothing (as root)
	@tests/deps.sh build bench
	@$(MAKE) --no-print-directory programs
	@tests/bench/live_view.py 10

format: ## clang-format over the lines that are not committed yet: of the others, tables are aligned by hand
	@tests/deps.sh format
	git clang-format --extensions c,h --force

golden-update: programs ## write the expected outputs beside the captures in pcaps/, and tests/screens/
	@BUILD=$(BUILD) tests/replay/golden.py --update
	@for test in $$(grep -l drawn.h tests/unit/*.c); do UPDATE=1 $(BUILD)/$${test%.c} 2>/dev/null || exit 1; done
	@tests/replay/readme.py --update

install: all ## into DESTDIR and PREFIX; with SETCAP=1 every user may capture
	install -D -m 755 $(BUILD)/ringtail $(DESTDIR)$(PREFIX)/bin/ringtail
	$(if $(SETCAP),PATH=$$PATH:/usr/sbin:/sbin setcap cap_net_raw+ep $(DESTDIR)$(PREFIX)/bin/ringtail)

clean: ## remove build/
	rm -rf build

-include $(OBJ:.o=.d) $(LINKED:=.d) $(ALONE:=.d) $(wildcard $(BUILD)/tests/fuzz/*.d)
