"""Where a partner's URL leads, taken apart by one strict reading, or why it is never called."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

import idna

from services.notifications.domain.webhooks.addresses import Address, never_called

PORTS: Final = frozenset((443, 8443))
MOST_CHARACTERS: Final = 2000

# Only what RFC 3986 allows in a path and query: what is sent is what was checked, byte for byte.
_URL: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#\\]*)"
    r"(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?(?P<query>\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?"
)
_AUTHORITY: Final = re.compile(r"(?P<host>\[[^\[\]]*\]|[^\[\]:]*)(?::(?P<port>[0-9]{1,5}))?")
_NUMBER: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
# RFC 6761, RFC 6762, RFC 8375, RFC 9476, and the names of inner networks (ICANN board, 2024).
_INNER: Final = frozenset(("localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid"))
_INNER_ENDS: Final = (".home.arpa", ".in-addr.arpa", ".ip6.arpa", ".onion", ".alt")


class NeverCalled(ValueError):  # noqa: N818 - the verdict is the name
    """A URL or address that is never called; ``code`` says why, without showing it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """Scheme, host (a name in its ASCII form, or an address), port, and the path with its query.

    ``address`` is set where the URL names one. ``tested``: host and port stand on the list of an installation's own
    tests, so nothing about its address is held against it.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None
    tested: bool

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if isinstance(self.address, IPv6Address) else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(url: str, tested: frozenset[str]) -> Target:
    """Take a URL apart; raises NeverCalled.

    ``tested`` names ``host:port`` of receivers that may be called by http and at any address and port: for tests.
    """
    if len(url) > MOST_CHARACTERS:
        raise NeverCalled("url-long")
    if "#" in url:
        raise NeverCalled("url-fragment")
    found = _URL.fullmatch(url)
    if found is None:
        raise NeverCalled("url-malformed")
    scheme = found["scheme"].lower()
    if scheme not in ("https", "http"):
        raise NeverCalled("url-scheme")
    if "@" in found["authority"]:
        raise NeverCalled("url-userinfo")
    place = _AUTHORITY.fullmatch(found["authority"])
    if place is None:
        raise NeverCalled("url-malformed")
    host, address = _host(place["host"])
    port = int(place["port"] or {"https": 443, "http": 80}[scheme])
    path = (found["path"] or "/") + (found["query"] or "")
    target = Target(scheme, host, port, path, address, f"{host}:{port}" in tested)
    if not target.tested:
        _refuse(target)
    return target


def refuse_address(address: Address) -> None:
    """Raise NeverCalled for an address outside the public internet."""
    word = never_called(address)
    if word is not None:
        raise NeverCalled(f"address-{word}")


def _refuse(target: Target) -> None:
    if target.address is not None:
        refuse_address(target.address)
    elif target.host.rpartition(".")[2] in _INNER or target.host.endswith(_INNER_ENDS) or "." not in target.host:
        raise NeverCalled("host-inner")
    if target.scheme != "https":
        raise NeverCalled("url-scheme")
    if target.port not in PORTS:
        raise NeverCalled("url-port")


def _host(text: str) -> tuple[str, Address | None]:
    """The host in the one form that is looked up and connected to."""
    if text.startswith("["):
        try:
            address = IPv6Address(text[1:-1])
        except AddressValueError:
            raise NeverCalled("host-malformed") from None
        return str(address), address
    if not text:
        raise NeverCalled("host-missing")
    try:
        # As browsers and resolvers read it: full-width digits, other full stops and letter case are made plain first.
        name = idna.encode(text, uts46=True, std3_rules=True).decode().removesuffix(".")
    except (idna.IDNAError, UnicodeError):
        raise NeverCalled("host-malformed") from None
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _number(name)
    return name, None


def _number(name: str) -> tuple[str, Address]:
    """A host whose last part is a number is an IPv4 address (WHATWG URL), here in the one plain form of four numbers.

    Short, octal and hexadecimal forms mean different hosts to different readers.
    """
    try:
        address = IPv4Address(name)
    except AddressValueError:
        raise NeverCalled("host-number") from None
    return str(address), address
