/* SPDX-License-Identifier: BSD-2-Clause */
/* http_headers.c - the lines of HTTP/1 messages: RFC 9112 sections 3 and 4, RFC 9110; and the body */
#include "decode/proto/http.h"
#include "decode/textlines.h"

static const struct field request_line[] = {
	{ "request",         0, 0, PRESENT },
	{ "request.method",  0, 0, WORD },
	{ "request.uri",     0, 0, WORD },
	{ "request.version", 0, 0, LINE },
};
static const struct field status_line[] = {
	{ "response",         0, 0, PRESENT },
	{ "response.version", 0, 0, WORD },
	{ "response.code",    0, 0, DECIMAL },
	{ "response.phrase",  0, 0, LINE },
};
static const struct field body_fields[] = { { "file_data", 0, 0, TEXT } };
static const struct field coded_fields[] = { { "body", 0, 0, BYTES } };

static const struct record request = RECORD_OF("http", request_line, "Request");
static const struct record status = RECORD_OF("http", status_line, "Status");
static const struct record body = RECORD_OF("http", body_fields, "Body");
static const struct record coded = RECORD_OF("http", coded_fields, "Body, coded");

/* The headers that have a field of their own: their name, the field's, and what they are called. */
#define HEADERS(H)									\
	H(accept,             "ACCEPT",                   "accept",       "Accept")		\
	H(accept_encoding,    "ACCEPT-ENCODING",   "accept_encoding",   "Accept-Encoding")	\
	H(accept_language,    "ACCEPT-LANGUAGE",   "accept_language",   "Accept-Language")	\
	H(authorization,      "AUTHORIZATION",     "authorization",     "Authorization")	\
	H(cache_control,      "CACHE-CONTROL",     "cache_control",     "Cache-Control")	\
	H(connection,         "CONNECTION",        "connection",        "Connection")		\
	H(content_encoding,   "CONTENT-ENCODING",  "content_encoding",  "Content-Encoding")	\
	H(content_type,       "CONTENT-TYPE",      "content_type",      "Content-Type")		\
	H(cookie,             "COOKIE",            "cookie",            "Cookie")		\
	H(date,               "DATE",              "date",              "Date")			\
	H(host,               "HOST",              "host",              "Host")			\
	H(http2_settings,     "HTTP2-SETTINGS",    "http2_settings",    "HTTP2-Settings")	\
	H(last_modified,      "LAST-MODIFIED",     "last_modified",     "Last-Modified")	\
	H(location,           "LOCATION",          "location",          "Location")		\
	H(proxy_authenticate, "PROXY-AUTHENTICATE", "proxy_authenticate", "Proxy-Authenticate")	\
	H(proxy_authorization, "PROXY-AUTHORIZATION", "proxy_authorization", "Proxy-Authorization") \
	H(referer,            "REFERER",           "referer",           "Referer")		\
	H(websocket_accept,   "SEC-WEBSOCKET-ACCEPT", "sec_websocket_accept", "Sec-WebSocket-Accept") \
	H(websocket_key,      "SEC-WEBSOCKET-KEY", "sec_websocket_key", "Sec-WebSocket-Key")	\
	H(websocket_protocol, "SEC-WEBSOCKET-PROTOCOL", "sec_websocket_protocol",		\
	  "Sec-WebSocket-Protocol")								\
	H(websocket_version,  "SEC-WEBSOCKET-VERSION", "sec_websocket_version",			\
	  "Sec-WebSocket-Version")								\
	H(server,             "SERVER",            "server",            "Server")		\
	H(set_cookie,         "SET-COOKIE",        "set_cookie",        "Set-Cookie")		\
	H(transfer_encoding,  "TRANSFER-ENCODING", "transfer_encoding", "Transfer-Encoding")	\
	H(upgrade,            "UPGRADE",           "upgrade",           "Upgrade")		\
	H(user_agent,         "USER-AGENT",        "user_agent",        "User-Agent")		\
	H(www_authenticate,   "WWW-AUTHENTICATE",  "www_authenticate",  "WWW-Authenticate")	\
	H(forwarded_for,      "X-FORWARDED-FOR",   "x_forwarded_for",   "X-Forwarded-For")

/* The whole line has a field, of requests and of responses, and its value is a part of that. */
#define IN_LINES(id, title)								\
	static const struct field id##_in_request[] = {					\
		{ "request.line", 0, 0, TEXT, .parts = &id##_parts },			\
	};										\
	static const struct field id##_in_response[] = {				\
		{ "response.line", 0, 0, TEXT, .parts = &id##_parts },			\
	};

#define H(id, text, name, title)							\
	static const struct field id##_value[] = { { name, 0, 0, HEADER } };		\
	static const struct record id##_parts = { "http", id##_value, 1, NULL };	\
	IN_LINES(id, title)
HEADERS(H)
#undef H

static const struct field length_value[] = {
	{ "content_length_header", 0, 0, HEADER },
	{ "content_length",        0, 0, HEADER_DECIMAL },
};
static const struct record length_parts = RECORD_OF("http", length_value, NULL);
IN_LINES(length, "Content-Length")

static const struct field other_in_request[] = { { "request.line", 0, 0, TEXT } };
static const struct field other_in_response[] = { { "response.line", 0, 0, TEXT } };

/* Each header twice, of requests and of responses; those without a field of their own at the end. */
static const struct header {
	const char *text;
	struct record in_request, in_response;
} headers[] = {
#define ROW(id, text, title)								\
	{ text, { "http", id##_in_request, 1, title }, { "http", id##_in_response, 1, title } },
#define H(id, text, name, title) ROW(id, text, title)
	HEADERS(H)
#undef H
	ROW(length, "CONTENT-LENGTH", "Content-Length")
	ROW(other, "", "Header")
};

const struct record *http_record(uint32_t n)
{
	static const struct record *const others[] = { &request, &status, &body, &coded };

	if (n < COUNT(others))
		return others[n];
	n -= (uint32_t)COUNT(others);
	if (n >= 2 * COUNT(headers))
		return NULL;
	return n % 2 ? &headers[n / 2].in_response : &headers[n / 2].in_request;
}

static bool is_response(struct slice whole)
{
	return slice_starts(whole, "HTTP/", 5);
}

static const struct record *record_of(struct slice line, bool response)
{
	struct slice name = text_header_name(line);
	const struct header *h = headers;

	while (h < &headers[COUNT(headers) - 1] && !text_same(name, h->text))
		h++;
	return response ? &h->in_response : &h->in_request;
}

/* A line without anything in it. */
static bool is_empty(struct slice s)
{
	return slice_starts(s, "\n", 1) || slice_starts(s, "\r\n", 2);
}

/* Is the body as it was meant, or is it compressed, or in chunks? */
static bool is_plain(struct slice whole)
{
	struct slice rest = whole, line;

	while (text_take_line(&rest, &line) && !is_empty(line)) {
		struct slice name = text_header_name(line);

		if (text_same(name, "CONTENT-ENCODING") || text_same(name, "TRANSFER-ENCODING"))
			return false;
	}
	return true;
}

const struct record *http_option(struct slice whole, uint32_t index, struct slice *rest,
				 struct slice *opt)
{
	struct slice empty;

	if (rest->cap == 0)
		return NULL;
	if (text_ends_head(whole, slice_offset(whole, *rest))) {
		*opt = *rest;
		*rest = slice_skip(*rest, rest->cap);
		return is_plain(whole) ? &body : &coded;
	}
	if (!text_take_line(rest, opt)) {
		*opt = *rest;
		*rest = slice_skip(*rest, rest->cap);
	}
	if (is_empty(*rest))
		text_take_line(rest, &empty);
	if (index > 0)
		return record_of(*opt, is_response(whole));
	return is_response(whole) ? &status : &request;
}
