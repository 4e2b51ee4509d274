/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tls.c - TLS handshake messages: cut everywhere, and fingerprints that others published */
#include "control.h"

/* The example of JA4's description: its cipher suites, extensions and signature algorithms, shuffled. */
static const char browser[] =
	"16030301600100015c0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"
	"1d1e1f20000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00204a4a"
	"130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035010000f33a3a0000001b"
	"000302000200000014001200000f7777772e6578616d706c652e6f72670033002b0029aaaa000100"
	"001d0020000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0010000e"
	"000c02683208687474702f312e3144690005000302683200170000002d00020101000d0012001004"
	"0308040401050308050501080606010005000501000000000023000000120000002b0007068a8a03"
	"040303ff01000100000b00020100000a000a0008aaaa001d001700188a8a00010000150028000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000";

static const char odd_alpn[] =
	"1603030037010000330303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"
	"1d1e1f00000213010100000800100004000201ab";

static const char bare[] =
	"160303002d010000290301000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"
	"1d1e1f000002002f0100";

static void every_cut_of_every_message_is_safe(void **state)
{
	(void)state;
	assert_true(cut_everywhere(PROTO_TLS, browser) > 0);
	assert_true(cut_everywhere(PROTO_TLS, odd_alpn) > 0);
	assert_true(cut_everywhere(PROTO_TLS, bare) > 0);
}

static void fingerprints_are_those_published(void **state)
{
	(void)state;
	assert_string_equal(valued(PROTO_TLS, browser, "tls.handshake.ja4", 0),
			    "t13d1516h2_8daaf6152771_e5627efa2ab1");
}

static void what_is_no_letter_is_told_by_its_bytes(void **state)
{
	(void)state;
	assert_memory_equal(valued(PROTO_TLS, odd_alpn, "tls.handshake.ja4", 0),
			    "t12i0101ab_", 11);
}

static void without_extensions_there_are_zeros(void **state)
{
	(void)state;
	assert_string_equal(valued(PROTO_TLS, bare, "tls.handshake.ja4", 0),
			    "t10i010000_ba72b8082249_000000000000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cut_of_every_message_is_safe),
		cmocka_unit_test(fingerprints_are_those_published),
		cmocka_unit_test(what_is_no_letter_is_told_by_its_bytes),
		cmocka_unit_test(without_extensions_there_are_zeros),
	};

	proto_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
