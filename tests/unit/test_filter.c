/* SPDX-License-Identifier: BSD-2-Clause */
/* test_filter.c - one meaning: user space decides, the kernel runs a superset */
#define _GNU_SOURCE
#include <pcap/pcap.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <linux/if_arp.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

#include "capture/filter.h"
#include "tests/unit/made.h"

static const uint8_t udp_frame[] = {	/* 10.0.0.1.1000 > 10.0.0.2.53 */
	2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0,
	10, 0, 0, 1, 10, 0, 0, 2, 1000 >> 8, 1000 & 255, 0, 53, 0, 8, 0, 0,
};
static const uint8_t tagged_frame[] = {	/* the same, VLAN 7 */
	2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x81, 0, 0, 7, 8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64,
	17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 1000 >> 8, 1000 & 255, 0, 53, 0, 8, 0, 0,
};
static struct error e;

static struct filter *opened(const char *text, uint16_t linktype)
{
	struct filter *f;

	assert_int_equal(filter_open(&f, text, linktype, 262144, &e), 0);
	return f;
}

static struct packet packet(const uint8_t *bytes, uint32_t len, uint16_t linktype)
{
	return (struct packet){ .bytes = { bytes, len, len }, .linktype = linktype };
}

static bool matches(const char *text, uint16_t linktype, const uint8_t *bytes, uint32_t len)
{
	struct packet p = packet(bytes, len, linktype);
	struct filter *f = opened(text, linktype);
	bool yes = filter_match(f, &p);

	filter_close(f);
	return yes;
}

static void the_expression_is_said_of_frames_with_their_tags(void **state)
{
	(void)state;
	assert_true(matches("udp port 53", 1, udp_frame, sizeof(udp_frame)));
	assert_false(matches("tcp", 1, udp_frame, sizeof(udp_frame)));
	assert_false(matches("udp", 1, tagged_frame, sizeof(tagged_frame)));
	assert_true(matches("vlan 7 and udp", 1, tagged_frame, sizeof(tagged_frame)));
	assert_false(matches("vlan 8", 1, tagged_frame, sizeof(tagged_frame)));
	assert_true(matches("udp port 53", 101, udp_frame + 14, sizeof(udp_frame) - 14));
	assert_true(matches("udp port 53", 12, udp_frame + 14, sizeof(udp_frame) - 14));
	assert_false(matches("udp port 53", 1, udp_frame, 30));
}

static void no_expression_is_every_packet_of_any_link_type(void **state)
{
	static const char *const texts[] = { NULL, "", " \n\t" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_true(matches(texts[i], 1, udp_frame, 0));
		assert_true(matches(texts[i], 5555, udp_frame, 4));
	}
}

static void errors_are_one_line_with_the_expression(void **state)
{
	struct filter *f;

	(void)state;
	assert_int_equal(filter_open(&f, "foo\nbar", 1, 100, &e), -STATUS_USAGE);
	assert_string_equal(e.text, "filter 'foo bar': syntax error");
	assert_int_equal(filter_open(&f, "tcp", 5555, 100, &e), -STATUS_USAGE);
	assert_non_null(strstr(e.text, "filter 'tcp': "));
	assert_null(f);
}

static void other_link_types_are_compiled_for_when_met(void **state)
{
	struct packet eth = packet(udp_frame, sizeof(udp_frame), 1);
	struct packet raw = packet(udp_frame + 14, sizeof(udp_frame) - 14, 101);
	struct filter *f = opened("udp port 53", 1);

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(filter_match(f, &eth));
		assert_true(filter_match(f, &raw));
	}
	assert_null(filter_warning(f));
	filter_close(f);
}

static void a_link_type_without_the_thing_matches_nothing_and_is_told_once(void **state)
{
	struct packet eth = packet(udp_frame, sizeof(udp_frame), 1);
	struct packet odd = packet(udp_frame, sizeof(udp_frame), 5555);
	struct filter *f = opened("udp port 53", 1);
	const char *warning;

	(void)state;
	assert_false(filter_match(f, &odd));
	assert_true(filter_match(f, &eth));
	assert_false(filter_match(f, &odd));
	warning = filter_warning(f);
	assert_non_null(warning);
	assert_non_null(strstr(warning, "filter 'udp port 53' matches no packet of link type 5555"));
	assert_null(filter_warning(f));
	for (uint32_t i = 0; i <= UINT16_MAX; i++) {	/* and any number of them is bounded */
		odd.linktype = (uint16_t)i;
		filter_match(f, &odd);
	}
	assert_non_null(filter_warning(f));
	assert_true(filter_match(f, &eth));
	filter_close(f);
}

static void comments_in_a_file_are_left_out(void **state)
{
	struct made m = { 0 };
	char *text;

	(void)state;
	made_bytes(&m, "udp # and tcp\n and # \\\nport 53#", 31);
	assert_int_equal(filter_read_file(made_file(&m, m.len), &text, &e), 0);
	assert_true(matches(text, 1, udp_frame, sizeof(udp_frame)));
	assert_null(strstr(text, "tcp"));
	free(text);
	made_free(&m);
	assert_int_equal(filter_read_file("/nowhere", &text, &e), -STATUS_USAGE);
	assert_string_equal(e.text, "/nowhere: No such file or directory");
}

/* What the kernel knows of a frame beside its bytes. */
struct beside {
	uint32_t type, hatype;
	bool tag;
};

/* Run k as the kernel does: ancillary loads become constants, the rest is a common program. */
static uint32_t run(const struct kernel_filter *k, struct beside b, const uint8_t *frame,
		    uint32_t len)
{
	static struct bpf_insn insn[BPF_MAXINSNS];

	for (uint32_t i = 0; i < k->fprog.len; i++) {
		const struct sock_filter *from = &k->insn[i];
		uint32_t code = from->code, value = from->k;

		if (code == (BPF_LD | BPF_W | BPF_ABS) && value >= (uint32_t)SKF_AD_OFF) {
			code = BPF_LD | BPF_IMM;
			value -= (uint32_t)SKF_AD_OFF;
			value = value == SKF_AD_PKTTYPE ? b.type :
				value == SKF_AD_HATYPE	? b.hatype : b.tag;
		}
		insn[i] = (struct bpf_insn){ (u_short)code, from->jt, from->jf, value };
	}
	assert_true(bpf_validate(insn, k->fprog.len));
	return bpf_filter(insn, frame, len, len);
}

static void the_kernel_judges_plain_frames_and_lets_others_through(void **state)
{
	static const struct { struct beside beside; uint32_t tcp, udp; } cases[] = {
		{ { PACKET_HOST, ARPHRD_ETHER, false }, 0, 96 },
		{ { PACKET_OUTGOING, ARPHRD_LOOPBACK, false }, 0, 96 },
		{ { PACKET_HOST, ARPHRD_ETHER, true }, 96, 96 },	/* tag taken out */
		{ { PACKET_HOST, ARPHRD_NONE, false }, 96, 96 },	/* another header */
	};
	struct filter *tcp = opened("tcp", 1), *udp = opened("udp", 1);
	struct kernel_filter k;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		filter_kernel(tcp, DIRECTION_BOTH, 96, &k);
		assert_int_equal(run(&k, cases[i].beside, udp_frame, sizeof(udp_frame)),
				 cases[i].tcp);
		filter_kernel(udp, DIRECTION_BOTH, 96, &k);
		assert_int_equal(run(&k, cases[i].beside, udp_frame, sizeof(udp_frame)),
				 cases[i].udp);
	}
	filter_close(tcp);
	filter_close(udp);
}

static void the_kernel_decides_the_direction_exactly(void **state)
{
	static const struct { enum direction direction; bool in, out; } cases[] = {
		{ DIRECTION_BOTH, true, true },
		{ DIRECTION_IN, true, false },
		{ DIRECTION_OUT, false, true },
	};
	struct filter *f[] = { NULL, opened("", 1), opened("udp", 1), opened("udp", 276) };
	struct kernel_filter k;

	(void)state;
	for (size_t n = 0; n < 12; n++) {
		struct beside in = { PACKET_HOST, ARPHRD_ETHER, n % 2 };
		struct beside out = { PACKET_OUTGOING, ARPHRD_ETHER, n % 2 };

		filter_kernel(f[n % 4], cases[n / 4].direction, 96, &k);
		assert_int_equal(run(&k, in, udp_frame, 42), cases[n / 4].in ? 96 : 0);
		assert_int_equal(run(&k, out, udp_frame, 42), cases[n / 4].out ? 96 : 0);
	}
	for (int n = 1; n < 4; n++)
		filter_close(f[n]);
}

static void what_the_kernel_cannot_run_it_accepts(void **state)
{
	static const struct { const char *text; uint16_t linktype; } cases[] = {
		{ "ip6 protochain 6", 1 },	/* jumps back */
		{ "tcp", 113 }, { "tcp", 276 },	/* no cooked header in the kernel */
		{ "tcp", 0 }, { "tcp", 228 },
	};
	struct kernel_filter k;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct filter *f = opened(cases[i].text, cases[i].linktype);

		filter_kernel(f, DIRECTION_BOTH, 0, &k);
		assert_int_equal(k.fprog.len, 1);
		assert_int_equal(k.insn[0].k, SNAPLEN_MAX);
		filter_close(f);
	}
}

/* "host A or host B ..." of n hosts: about two instructions each, and more. */
static char *long_text(int n)
{
	char *text = malloc((size_t)n * 32 + 1), *at = text;

	for (int i = 0; i < n; i++)
		at += sprintf(at, "%sether src 2:0:0:0:%x:%x", i ? " or " : "", i >> 8, i & 255);
	return text;
}

static void a_program_too_long_for_the_kernel_is_run_by_us(void **state)
{
	char *text = long_text(2500);
	struct filter *f = opened(text, 1);
	struct packet p = packet(udp_frame, sizeof(udp_frame), 1);
	struct kernel_filter k;

	(void)state;
	filter_kernel(f, DIRECTION_BOTH, 100, &k);
	assert_int_equal(k.fprog.len, 1);
	assert_true(filter_match(f, &p));
	filter_close(f);
	free(text);
}

static void the_kernel_takes_every_program(void **state)
{
	static const char *const texts[] = {
		NULL, "tcp port 80", "vlan and ip6", "not host 10.0.0.1 and greater 100",
		"ip6 protochain 6", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 or icmp6",
		"ether[0xfffff000] = 1", "ip[6:2] & 0x1fff != 0 or len / 2 > 40",
	};
	static const uint16_t linktypes[] = { 1, 101, 113, 276 };
	int pair[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) * 4; i++) {
		struct kernel_filter k;
		struct filter *f;

		if (filter_open(&f, texts[i / 4], linktypes[i % 4], 262144, &e))
			continue;	/* no such thing in this link type */
		for (int direction = 0; direction < 3; direction++) {
			filter_kernel(f, (enum direction)direction, 262144, &k);
			assert_int_equal(setsockopt(pair[0], SOL_SOCKET, SO_ATTACH_FILTER, &k.fprog,
						    sizeof(k.fprog)), 0);
		}
		filter_close(f);
	}
	close(pair[0]);
	close(pair[1]);
}

/* So a program that is run on that many bytes says what it says of all. */
static void the_reach_bounds_what_a_program_looks_at(void **state)
{
	static const struct { const char *text; uint32_t reach; } cases[] = {
		{ "", 0 },
		{ "ip", 14 },
		{ "ether[400:4] = 0", 404 },
		{ "udp port 53", 14 + 40 + 60 },
		{ "tcp[((tcp[12] & 0xf0) >> 2):4] = 1", 262144 },
		{ "len > 100", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct filter *f = opened(cases[i].text, LINKTYPE_ETHERNET);

		if (i != 3)
			assert_int_equal(filter_reach(f), cases[i].reach);
		else
			assert_in_range(filter_reach(f), 14 + 60 + 4, cases[i].reach);
		filter_close(f);
	}
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(made_file(&(struct made){ 0 }, 0));
}

/* From another process, which may have been taken over. */
static void a_given_program_is_checked_before_it_runs(void **state)
{
	static const uint8_t arp[60] = { [12] = 8, [13] = 6 }, ip[60] = { [12] = 8 };
	static const struct sock_filter beyond[] = { { BPF_JMP | BPF_JA, 0, 0, 7 }, { BPF_RET | BPF_K, 0, 0, 9 } };
	static const struct sock_filter endless[] = { { BPF_LD | BPF_H | BPF_ABS, 0, 0, 12 } };
	struct packet p = { .linktype = LINKTYPE_ETHERNET, .bytes = { arp, 60, 60 } };
	struct filter *text, *given;
	const struct sock_filter *insn;
	uint32_t count;

	(void)state;
	assert_int_equal(filter_open(&text, "arp", LINKTYPE_ETHERNET, 0, &e), 0);
	insn = filter_program(text, &count);
	assert_int_equal(filter_open_program(&given, insn, count, LINKTYPE_ETHERNET, &e), 0);
	filter_close(text);
	assert_true(filter_match(given, &p));
	p.bytes.ptr = ip;
	assert_false(filter_match(given, &p));
	p.bytes.ptr = arp;
	p.linktype = LINKTYPE_RAW;
	assert_false(filter_match(given, &p));
	filter_close(given);
	assert_int_equal(filter_open_program(&given, beyond, 2, LINKTYPE_ETHERNET, &e), -STATUS_USAGE);
	assert_int_equal(filter_open_program(&given, endless, 1, LINKTYPE_ETHERNET, &e), -STATUS_USAGE);
	assert_int_equal(filter_open_program(&given, beyond, 0, LINKTYPE_ETHERNET, &e), -STATUS_USAGE);
	assert_int_equal(filter_open_program(&given, beyond, BPF_MAXINSNS + 1, LINKTYPE_ETHERNET, &e), -STATUS_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_expression_is_said_of_frames_with_their_tags),
		cmocka_unit_test(no_expression_is_every_packet_of_any_link_type),
		cmocka_unit_test(errors_are_one_line_with_the_expression),
		cmocka_unit_test(other_link_types_are_compiled_for_when_met),
		cmocka_unit_test(a_link_type_without_the_thing_matches_nothing_and_is_told_once),
		cmocka_unit_test(comments_in_a_file_are_left_out),
		cmocka_unit_test(the_kernel_judges_plain_frames_and_lets_others_through),
		cmocka_unit_test(the_kernel_decides_the_direction_exactly),
		cmocka_unit_test(what_the_kernel_cannot_run_it_accepts),
		cmocka_unit_test(a_program_too_long_for_the_kernel_is_run_by_us),
		cmocka_unit_test(the_kernel_takes_every_program),
		cmocka_unit_test(the_reach_bounds_what_a_program_looks_at),
		cmocka_unit_test(a_given_program_is_checked_before_it_runs),
	};

	return cmocka_run_group_tests(tests, NULL, remove_file);
}
