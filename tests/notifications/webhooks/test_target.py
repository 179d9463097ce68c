"""Which URLs and addresses are never called, each with its reason."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.webhooks.addresses import never_called
from services.notifications.domain.webhooks.target import NeverCalled, target_of

NONE: frozenset[str] = frozenset()

HOSTILE = {
    # loopback in every spelling
    "https://127.0.0.1/": "address-loopback",
    "https://127.0.0.53:8443/hook": "address-loopback",
    "https://127.255.255.254/": "address-loopback",
    "https://2130706433/": "host-number",
    "https://0x7f000001/": "host-number",
    "https://0x7f.1/": "host-number",
    "https://0x7F.0x0.0x0.0x1/": "host-number",
    "https://0177.0.0.1/": "host-number",
    "https://017700000001/": "host-number",
    "https://127.1/": "host-number",
    "https://127.0.1/": "host-number",
    "https://127.0.0.01/": "host-number",
    "https://127.0.0.1.1/": "host-number",
    "https://4294967296/": "host-number",
    "https://0/": "host-number",
    "https://example.0x/": "host-number",
    "https://127.0.0.1./": "address-loopback",
    "https://１２７.０.０.１/": "address-loopback",  # full-width digits
    "https://127。0。0。1/": "address-loopback",  # ideographic full stops
    "https://①②⑦.0.0.1/": "address-loopback",  # circled digits
    "https://[::1]/": "address-loopback",
    "https://[0:0:0:0:0:0:0:1]/": "address-loopback",
    "https://localhost/": "host-inner",
    "https://LOCALHOST./": "host-inner",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/": "host-inner",
    "https://hooks.localhost/": "host-inner",
    # inside the house
    "https://10.0.0.1/": "address-private",
    "https://172.16.0.1/": "address-private",
    "https://172.31.255.255/": "address-private",
    "https://192.168.1.1/": "address-private",
    "https://100.64.0.1/": "address-cgnat",
    "https://100.100.100.200/": "address-cgnat",  # a cloud's metadata service
    "https://169.254.169.254/latest/meta-data/": "address-link-local",
    "https://[fe80::1]/": "address-link-local",
    "https://[fe80::1%25eth0]/": "address-link-local",
    "https://[fd00:ec2::254]/": "address-private",  # another cloud's metadata service, unique local
    "https://[fc00::1]/": "address-private",
    "https://[fec0::1]/": "address-private",
    "https://printer/": "host-inner",
    "https://db.internal/": "host-inner",
    "https://nas.local/": "host-inner",
    "https://metadata.google.internal/computeMetadata/v1/": "host-inner",
    "https://router.home.arpa/": "host-inner",
    "https://1.0.0.127.in-addr.arpa/": "host-inner",
    "https://x.onion/": "host-inner",
    # nowhere, everybody, and examples
    "https://0.0.0.0/": "address-unspecified",
    "https://0.1.2.3/": "address-unspecified",
    "https://[::]/": "address-unspecified",
    "https://255.255.255.255/": "address-reserved",
    "https://240.0.0.1/": "address-reserved",
    "https://192.0.0.8/": "address-reserved",
    "https://192.88.99.1/": "address-reserved",
    "https://224.0.0.1/": "address-multicast",
    "https://[ff02::1]/": "address-multicast",
    "https://192.0.2.1/": "address-documentation",
    "https://198.51.100.7/": "address-documentation",
    "https://203.0.113.9/": "address-documentation",
    "https://[2001:db8::1]/": "address-documentation",
    "https://[3fff::1]/": "address-documentation",
    "https://198.18.0.1/": "address-benchmark",
    "https://198.19.255.255/": "address-benchmark",
    "https://[2001:2::1]/": "address-benchmark",
    "https://[100::1]/": "address-discard",
    "https://[4000::1]/": "address-reserved",
    "https://[2001:10::1]/": "address-reserved",
    # IPv4 in IPv6
    "https://[::ffff:127.0.0.1]/": "address-mapped",
    "https://[::ffff:7f00:1]/": "address-mapped",
    "https://[::ffff:8.8.8.8]/": "address-mapped",
    "https://[::ffff:0:127.0.0.1]/": "address-mapped",
    "https://[::127.0.0.1]/": "address-compatible",
    "https://[64:ff9b::127.0.0.1]/": "address-nat64",
    "https://[64:ff9b::a9fe:a9fe]/": "address-nat64",
    "https://[64:ff9b:1::1]/": "address-nat64",
    "https://[2002:7f00:1::]/": "address-6to4",
    "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/": "address-teredo",
    # URLs that say one thing to one reader and another to the next
    "https://good.example@127.0.0.1/": "url-userinfo",
    "https://user:word@good.example/": "url-userinfo",
    "https://good.example%40127.0.0.1/": "host-malformed",
    "https://127.0.0.1#@good.example/": "url-fragment",
    "https://good.example/#part": "url-fragment",
    "https://good.example\\@127.0.0.1/": "url-malformed",
    "https:\\\\good.example/": "url-malformed",
    "https:good.example/": "url-malformed",
    "https:///good.example/": "host-missing",
    "https://:443/": "host-missing",
    "https://good.example:443:80/": "url-malformed",
    "https://good.example:/": "url-malformed",
    "https://[::1/": "url-malformed",
    "https://[::1]x/": "url-malformed",
    "https://[v1.x]/": "host-malformed",
    "https://good..example/": "host-malformed",
    "https://-good.example/": "host-malformed",
    "https://good_host.example/": "host-malformed",
    "https://good.example/a b": "url-malformed",
    "https://good.example/\r\nHost: inner": "url-malformed",
    "https://good.example\t/": "host-malformed",
    "https://good.example/é": "url-malformed",
    "//good.example/": "url-malformed",
    f"https://good.example/{'a' * 2000}": "url-long",
    # other ways and other doors
    "http://good.example/": "url-scheme",
    "ftp://good.example/": "url-scheme",
    "file:///etc/passwd": "url-scheme",
    "gopher://good.example/": "url-scheme",
    "javascript://good.example/": "url-scheme",
    "https://good.example:80/": "url-port",
    "https://good.example:22/": "url-port",
    "https://good.example:25/": "url-port",
    "https://good.example:5432/": "url-port",
    "https://good.example:0/": "url-port",
    "https://good.example:99999/": "url-port",
}


def test_there_are_more_than_forty_hostile_addresses() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize(("url", "code"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_a_hostile_url_is_never_called_and_the_reason_shows_nothing_of_it(url: str, code: str) -> None:
    with pytest.raises(NeverCalled) as never:
        target_of(url, NONE)
    assert never.value.code == code
    assert str(never.value) == code


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "authority"),
    [
        ("https://hooks.partner.example", "hooks.partner.example", 443, "/", "hooks.partner.example"),
        (
            "HTTPS://Hooks.Partner.EXAMPLE:443/A?b=c&d",
            "hooks.partner.example",
            443,
            "/A?b=c&d",
            "hooks.partner.example",
        ),
        ("https://hooks.partner.example:8443/x", "hooks.partner.example", 8443, "/x", "hooks.partner.example:8443"),
        ("https://bücher.example/", "xn--bcher-kva.example", 443, "/", "xn--bcher-kva.example"),
        ("https://8.8.8.8/x", "8.8.8.8", 443, "/x", "8.8.8.8"),
        ("https://[2606:4700:0::1111]/x", "2606:4700::1111", 443, "/x", "[2606:4700::1111]"),
        ("https://hooks.partner.example./", "hooks.partner.example", 443, "/", "hooks.partner.example"),
    ],
)
def test_a_public_https_url_is_taken_apart_in_one_way(
    url: str, host: str, port: int, path: str, authority: str
) -> None:
    target = target_of(url, NONE)
    assert (target.scheme, target.host, target.port, target.path) == ("https", host, port, path)
    assert target.authority == authority
    assert not target.tested


def test_a_receiver_of_the_tests_may_be_anywhere_but_only_at_its_own_port() -> None:
    allowed = frozenset(("127.0.0.1:8025",))
    assert target_of("http://127.0.0.1:8025/hook", allowed).tested
    for url in ("http://127.0.0.1:8026/hook", "http://127.0.0.1/", "http://localhost:8025/"):
        with pytest.raises(NeverCalled):
            target_of(url, allowed)
    with pytest.raises(NeverCalled):
        target_of("http://user@127.0.0.1:8025/hook", allowed)


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_whatever_python_does_not_hold_for_global_is_never_called(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert never_called(address) is not None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    for url in (text, f"https://{text}", f"https://{text}/", f"https://[{text}]/"):
        try:
            target = target_of(url, NONE)
        except NeverCalled:
            continue
        assert target.scheme == "https"
        assert target.host.isascii()
        assert target.port in (443, 8443)
