"""Which network addresses are never called: everything that is not a host of the public internet."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

Address = IPv4Address | IPv6Address

# The IANA special-purpose registries (RFC 6890), each with the word for it; the first that holds it counts.
_IPV4: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("unspecified", ("0.0.0.0/8",)),  # RFC 791: this network
    ("loopback", ("127.0.0.0/8",)),
    ("private", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),  # RFC 1918
    ("cgnat", ("100.64.0.0/10",)),  # RFC 6598
    ("link-local", ("169.254.0.0/16",)),  # RFC 3927; metadata services of clouds
    ("documentation", ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")),  # RFC 5737
    ("benchmark", ("198.18.0.0/15",)),  # RFC 2544
    ("reserved", ("192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24")),
    ("multicast", ("224.0.0.0/4",)),
    ("reserved", ("240.0.0.0/4",)),  # RFC 1112, with the limited broadcast address
)
_IPV6: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("unspecified", ("::/128",)),
    ("loopback", ("::1/128",)),
    ("mapped", ("::ffff:0:0/96", "::ffff:0:0:0/96")),  # RFC 4291; RFC 2765 (translated)
    ("compatible", ("::/96",)),  # RFC 4291, deprecated
    ("nat64", ("64:ff9b::/96", "64:ff9b:1::/48")),  # RFC 6052, RFC 8215
    ("discard", ("100::/64",)),  # RFC 6666
    ("teredo", ("2001::/32",)),  # RFC 4380
    ("benchmark", ("2001:2::/48",)),  # RFC 5180
    ("documentation", ("2001:db8::/32", "3fff::/20")),  # RFC 3849, RFC 9637
    ("reserved", ("2001::/23",)),  # RFC 2928
    ("6to4", ("2002::/16",)),  # RFC 3056
    ("private", ("fc00::/7", "fec0::/10")),  # RFC 4193; site-local, deprecated (RFC 3879)
    ("link-local", ("fe80::/10",)),
    ("multicast", ("ff00::/8",)),
)
_PUBLIC_IPV6: Final = IPv6Network("2000::/3")  # all that IANA has given out for global unicast


def _networks(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, IPv4Network | IPv6Network], ...]:
    return tuple((word, ip_network(one)) for word, networks in rows for one in networks)


_SPECIAL: Final = {4: _networks(_IPV4), 6: _networks(_IPV6)}


def never_called(address: Address) -> str | None:
    """Why an address is not called, in a word; None for a host of the public internet."""
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "link-local"
    for word, network in _SPECIAL[address.version]:
        if address in network:
            return word
    if isinstance(address, IPv6Address) and address not in _PUBLIC_IPV6:
        return "reserved"
    return None
