# SPDX-License-Identifier: BSD-2-Clause
"""web_packets.py - messages of applications over TCP and UDP: good, cut and lying ones"""
import struct

from net_packets import checksum

NEAR, FAR = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
NEAR4, FAR4 = bytes((192, 0, 2, 1)), bytes((192, 0, 2, 2))
CLIENT = 40000


def ip4(protocol, payload, back):
    src, dst = (FAR4, NEAR4) if back else (NEAR4, FAR4)
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 1, 0, 64, protocol, 0, src, dst)
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    return (NEAR + FAR if back else FAR + NEAR) + b"\x08\x00" + head + payload


def pseudo(protocol, length, back):
    return (FAR4 + NEAR4 if back else NEAR4 + FAR4) + struct.pack("!HH", protocol, length)


def tcp(port, payload, back=False, seq=1000, ack=1000, client=CLIENT):
    ports = (port, client) if back else (client, port)
    head = struct.pack("!HHIIBBHHH", *ports, seq, ack, 0x50, 0x18, 8192, 0, 0)
    sum_ = checksum(pseudo(6, 20 + len(payload), back) + head + payload)
    return ip4(6, head[:16] + struct.pack("!H", sum_) + head[18:] + payload, back)


def udp(port, payload, back=False, client=CLIENT):
    ports = (port, client) if back else (client, port)
    head = struct.pack("!HHHH", *ports, 8 + len(payload), 0)
    sum_ = checksum(pseudo(17, 8 + len(payload), back) + head + payload) or 0xffff
    return ip4(17, head[:6] + struct.pack("!H", sum_) + payload, back)


def conversation(port, *parts):
    """Segments of one connection: bytes from the client, and from the server those in a list."""
    seqs = [1000, 1000]
    for part in parts:
        back = isinstance(part, list)
        payload = part[0] if back else part
        yield tcp(port, payload, back, seqs[back], seqs[not back])
        seqs[back] += len(payload)


def apart(port, payloads):
    """Each in a connection of its own."""
    return [tcp(port, payload, client=CLIENT + n) for n, payload in enumerate(payloads)]


def http():
    get = b"GET /a?b=c HTTP/1.1\r\nHost: www.example.org\r\nAccept-Encoding: gzip\r\n\r\n"
    ok = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n"
    yield "cut_http", [tcp(80, ok, True)]
    yield "http_lines", list(conversation(
        80, get + get, [ok + ok], b"POST /x HTTP/1.0\nContent-length:3\n\nabcGET / HTTP/1.0\n\n", [b"HTTP/1.1 100 Continue\r\n\r\n" + ok],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n" + ok],
        [b"HTTP/1.0 200 OK\r\nServer: none\r\n\r\nto the end"], b"OPTIONS * HTTP/1.1\r\n\r\n")) 
    yield "lying_http", [tcp(8000, get), tcp(12345, get), tcp(12345, ok, True)] + apart(80, (
        b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\nx", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        b"HTTP/1.1 999 \r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\nx", b"GET  HTTP/1.1\r\n: no name\r\nno colon\r\n\r\n",
        b"HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: \x1b]0;title\x07\x9b\r\nX:\0\r\n\r\n", b"GET / HTTP/1.1", b"GET /", b"\r\n\r\n",
        b"\n" * 40, b"GET / HTTP/1.1\r\n" + b"A:\n" * 400))


def ssh():
    lists = b"".join(struct.pack("!I", len(names)) + names for names in [b"curve25519-sha256", b"ssh-ed25519"] + [b"none"] * 8)
    init = b"\x14" + bytes(range(16)) + lists + b"\0" + bytes(4)
    fill = -(5 + len(init)) % 8 + 8
    packet = struct.pack("!IB", 1 + len(init) + fill, fill) + init + bytes(fill)
    yield "ssh_plain", list(conversation(22, b"SSH-2.0-client\r\n", [b"SSH-2.0-server comment\r\n"], packet, [packet],
                                         struct.pack("!IBB", 12, 10, 21) + bytes(10)))
    yield "cut_ssh", [tcp(22, packet)]
    yield "lying_ssh", apart(22, (
        b"SSH-2.0-one\r\n" + packet + packet, b"SSH-2.0-no end", packet[:5] + b"\x15" + packet[6:], b"\0\0\0\x0c\xff\x14" + bytes(10),
        packet[:22] + b"\xff\xff\xff\xff" + packet[26:], b"\0\0\x80\xac" + packet[4:], b"SSH-\x1b[2J\n")) + [
            tcp(2222, b"SSH-2.0-elsewhere\r\n", True)]


def frame(kind, flags, stream, body):
    return struct.pack("!I", len(body))[1:] + struct.pack("!BBI", kind, flags, stream) + body


def http2():
    settings = b"".join(struct.pack("!HI", n, 100 * n) for n in range(1, 10))
    frames = [frame(0, 9, 1, b"\3hello" + bytes(3)), frame(0, 0, 3, b"data"), frame(1, 0x2d, 1, b"\2\x80\0\0\7\x10\x82\x84\0\0"),
              frame(1, 4, 5, b"\x82"), frame(2, 0, 7, struct.pack("!IB", 1, 200)), frame(3, 0, 1, struct.pack("!I", 8)),
              frame(4, 0, 0, settings), frame(4, 1, 0, b""), frame(5, 4, 1, struct.pack("!I", 2) + b"\x82"),
              frame(6, 0, 0, b"01234567"), frame(6, 1, 0, b"76543210"), frame(7, 0, 0, struct.pack("!II", 9, 11) + b"calm"),
              frame(8, 0, 1, struct.pack("!I", 1000)), frame(9, 4, 1, b"\x82")]
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield "http2_frames", list(conversation(8080, preface + b"".join(frames[:8]), [frames[6] + frames[7]], b"".join(frames[8:])))
    yield "cut_http2", [tcp(80, preface + frames[6] + frames[11])]
    yield "lying_http2", apart(80, (preface + payload for payload in (
        frames[0][:-2], frame(0, 8, 1, b"\xff"), frame(0, 8, 1, b""), frame(1, 0x28, 1, b"\0\0"), frame(4, 0, 0, settings[:8]),
        b"\xff\xff\xff" + frames[0][3:], frame(6, 0, 0, b"1"), frame(200, 0xff, 0xffffffff, b"unknown"), b"\0\0",
        b"".join(frames) * 3))) + apart(12345, (b"\0\0\4\xff", frames[9][:12], frame(6, 4, 0, b"01234567")))


def resp():
    ask = b"*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n"
    yield "resp_messages", list(conversation(
        6379, ask * 2, [b"+OK\r\n-ERR no\r\n:-42\r\n:1000\r\n$-1\r\n*-1\r\n*0\r\n$0\r\n\r\n"],
        b"PING\r\n", [b"*2\r\n*2\r\n:1\r\n$5\r\na\r\nb\n\r\n*1\r\n+x\r\n"]))
    yield "cut_resp", [tcp(6379, ask)]
    yield "lying_resp", apart(6379, (
        b"$99999999999999999999\r\nx\r\n", b"*4294967295\r\n:1\r\n", b"*1\r\n" * 200, b"$3\r\nGE", b"$", b"*x\r\n", b"\0\1\2",
        b"+\x1b[2J\r\n", b"$-5\r\n", b"$2\r\n$2\r\n$2\r\n", b"*3\r\n" + b"$200\r\n" + b"x" * 200 + b"\r\n")) + [tcp(12345, ask)]


def sip():
    body = b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0\r\n"
    head = (b"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: A <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\n"
            b"Call-ID: 1@192.0.2.1\r\nCSeq: 1 INVITE\r\n")
    invite = (b"INVITE sip:b@example.org SIP/2.0\r\n" + head + b"Max-Forwards: 70\r\nContent-Type: application/sdp\r\n"
              b"Content-Length: %d\r\n\r\n" % len(body)) + body
    ok = b"SIP/2.0 200 OK\r\n" + head.replace(b"Via", b"v").replace(b"From", b"f") + b"l: 0\r\n\r\n"
    yield "sip_messages", [udp(5060, invite), udp(5060, ok, True), udp(5060, b"BYE sip:b@example.org SIP/2.0\r\n" + head + b"\r\n")] + list(
        conversation(5060, invite[:100], invite[100:] + invite, [ok]))
    yield "cut_sip", [udp(5060, ok)]
    yield "lying_sip", [udp(5060, payload) for payload in (
        ok.replace(b"l: 0", b"l: 99999999999"), invite[:60], b"\r\n\r\n", b"INVITE SIP/2.0\r\nCSeq:\r\n\r\n", b"SIP/2.0 \x1b[2J\r\n\r\n")] + [
            udp(12345, invite), udp(12345, b"NOTIFY * HTTP/1.1\r\n\r\n")]


def rtp():
    def head(first, kind, seq, ssrc=0xdecafbad):
        return struct.pack("!BBHII", first, kind, seq, 160 * seq, ssrc)
    report = struct.pack("!BBHIIIIII", 0x80, 200, 6, 0xdecafbad, 0xe0000000, 0, 160, 1, 160)
    block = struct.pack("!BBHII", 0x81, 201, 7, 1, 0xdecafbad) + b"\x10\0\0\2" + struct.pack("!IIII", 7, 8, 9, 10)
    sdes = struct.pack("!BBHI", 0x81, 202, 3, 0xdecafbad) + b"\1\5a@b.c\0"
    yield "rtp", [udp(5004, head(0x80, 0x80, 1) + bytes(160)), udp(5004, head(0xb2, 96, 2) + struct.pack("!IIHH", 1, 2, 0xbede, 1) +
                                                                b"\x10\x7f\0\0" + b"payload" + b"\0\0\3")]
    yield "rtcp", [udp(5005, report + sdes), udp(5005, block + sdes, True)]
    yield "cut_rtp", [udp(5004, head(0x91, 0, 1) + struct.pack("!IHH", 1, 0xbede, 1) + bytes(40))]
    yield "cut_rtcp", [udp(5005, block + sdes)]
    yield "lying_rtp", [udp(port, payload) for port, payload in (
        (5004, head(0x9f, 0, 1) + bytes(8)), (5004, head(0xa0, 0, 1) + b"\xff"), (5004, head(0x40, 0, 1)), (5004, head(0x90, 0, 1) + b"\xbe\xde\xff\xff"),
        (5005, report[:20]), (5005, report[:2] + b"\xff\xff" + report[4:]), (20000, head(0x90, 111, 1) + b"\xbe\xde\0\1\x10\x7f\0\0opus"),
        (20001, report + sdes), (20000, head(0x80, 0, 1) + bytes(160)), (20001, report))]


def mqtt():
    def message(first, body):
        return bytes((first, len(body))) + body
    def text(chars):
        return struct.pack("!H", len(chars)) + chars
    connect = text(b"MQTT") + b"\4\xee\0\x3c" + text(b"me") + text(b"will") + text(b"gone") + text(b"user") + text(b"secret")
    connect5 = text(b"MQTT") + b"\5\2\0\x3c\3\x21\0\2" + text(b"me")
    publish = message(0x3b, text(b"a/b") + b"\0\7hello")
    yield "cut_mqtt", [tcp(1883, message(0x10, connect))]
    yield "lying_mqtt", apart(1883, (
        b"\x30\xff\xff\xff\x7f" + text(b"a") + b"x", b"\x30\xff\xff\xff\xff\1", b"\0\0", b"\x30\3\0\xffx", message(0x82, b"\0\1\0\xffa\0"),
        message(0x10, connect[:20]), message(0x10, b"\0\4"), message(0x20, b""), publish * 30, b"\x30", message(0x30, text(b"\x1b[2J")))) + [
            tcp(12345, message(0x10, connect5))]


def databases():
    query = b"Q" + struct.pack("!I", 14) + b"SELECT 1;\0"
    yield "cut_pgsql", [tcp(5432, query)]
    yield "lying_pgsql", apart(5432, (
        b"Q\xff\xff\xff\xffSELECT", b"Q\0\0\0\3", b"\0\0\0\x20\0\3\0\0user\0", b"\0\0\0\x0c\0\3\0\0user", b"x\0\0\0\5", b"Q\0\0\0\x08\x1b[2J",
        b"S", b"\0" * 8))
    yield "cut_mysql", [tcp(3306, b"\x0a\0\0\0\3SELECT 1;")]
    yield "lying_mysql", apart(3306, (
        b"\xff\xff\xff\0\3SELECT", b"\1\0\0\0\x0a", b"\x06\0\0\0\x0a5.5.5", b"\0\0\0\0", b"\5\0\0\0\3\x1b[2J", b"\1\0"))


def captures():
    for family in (http, ssh, http2, resp, sip, rtp, mqtt, databases):
        yield from family()
