/* SPDX-License-Identifier: BSD-2-Clause */
/* test_words.c - ports and vendors by the files of this system, where it has them */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "ui/words.h"

static const char *port(uint16_t number, const char *transport)
{
	static char text[256];
	struct out o = { text, text + sizeof(text) - 1 };
	bool known = words_port(&o, number, transport);

	*o.at = '\0';
	assert_int_equal(known, o.at != text);
	return text;
}

static const char *vendor(const char *bytes)
{
	static char text[256];
	struct out o = { text, text + sizeof(text) - 1 };
	bool known = words_vendor(&o, (struct slice){ (const uint8_t *)bytes, 6, 6 });

	*o.at = '\0';
	assert_int_equal(known, o.at != text);
	return text;
}

static void ports_are_those_of_services(void **state)
{
	(void)state;
	if (access("/etc/services", R_OK) != 0)
		skip();
	assert_string_equal(port(443, "tcp"), "https");
	assert_string_equal(port(53, "udp"), "domain");
	assert_string_equal(port(443, "sctp"), "");
	assert_string_equal(port(65535, "tcp"), "");
	assert_string_equal(port(0, "tcp"), "");
}

static void vendors_are_those_of_the_registry(void **state)
{
	(void)state;
	if (!words_have_vendors())
		skip();
	assert_string_equal(vendor("\x00\x00\x0c\x01\x02\x03"), "Cisco Systems, Inc");
	assert_string_equal(vendor("\x00\x22\x72\x01\x02\x03"), "American Micro-Fuel Device Corp.");
	assert_string_equal(vendor("\x00\x00\x0c\xff\xff\xff"), "Cisco Systems, Inc");
}

static void addresses_for_many_and_local_ones_have_no_vendor(void **state)
{
	(void)state;
	assert_string_equal(vendor("\x02\x00\x0c\x01\x02\x03"), "");
	assert_string_equal(vendor("\x01\x00\x0c\x01\x02\x03"), "");
	assert_string_equal(vendor("\xff\xff\xff\xff\xff\xff"), "");
}

/* Each prefix there can be, so that each word is read; none has a character that a terminal obeys. */
static void all_prefixes_are_safe(void **state)
{
	uint32_t known = 0;

	(void)state;
	for (uint32_t oui = 0; oui < 1 << 24; oui += 1 + (oui >> 17)) {
		char mac[6] = { (char)(oui >> 16 & 0xfc), (char)(oui >> 8), (char)oui };

		for (const char *c = vendor(mac); *c; c++)
			assert_true(*c >= ' ' && *c <= '~');
		known++;
	}
	assert_true(known > 0);
	for (uint32_t number = 0; number < 65536; number++)
		for (const char *c = port((uint16_t)number, "tcp"); *c; c++)
			assert_true(*c > ' ' && *c <= '~');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_are_those_of_services),
		cmocka_unit_test(vendors_are_those_of_the_registry),
		cmocka_unit_test(addresses_for_many_and_local_ones_have_no_vendor),
		cmocka_unit_test(all_prefixes_are_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
