# Build with: make. This file is filled in by what stands below; see README.md.
CC = gcc
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
CFLAGS = -std=gnu17 -O2 -g $(WARN)
CPPFLAGS = -I. -MMD -MP
LDLIBS = -lpcap
SRC = $(wildcard ui/*.c capture/*.c decode/*.c decode/proto/*.c decode/track/*.c)
OBJ = $(SRC:%.c=build/%.o)

build/ringtail: $(OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

build/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

-include $(OBJ:.o=.d)
