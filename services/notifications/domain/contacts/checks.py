"""What is wrong with the addresses and wishes of a contact; no reason shows a value."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from services.notifications.domain.languages import LANGUAGES
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.mail import checked_address
from shared.contracts.notifications.contacts import AddressKind, ContactFacts
from shared.contracts.notifications.terms import Addresses, Channel, PostalAddress, Preferences, QuietHours
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.program.zips import ELSEWHERE
from shared.program.zones import is_zone

# Each of these is enough.
NEEDS: Final[Mapping[Channel, tuple[AddressKind, ...]]] = MappingProxyType(
    {
        Channel.EMAIL: (AddressKind.EMAIL,),
        Channel.LETTER: (AddressKind.POSTAL,),
        Channel.CERTIFIED: (AddressKind.POSTAL,),
        Channel.CALL: (AddressKind.PHONE,),
        Channel.SMS: (AddressKind.MOBILE,),
        Channel.VOICE: (AddressKind.PHONE, AddressKind.MOBILE),
        Channel.PORTAL: (AddressKind.PORTAL,),
        Channel.TASK: (),
    }
)
_DIGITS: Final = re.compile("[0-9]")
# Ten digits of the North American Numbering Plan: neither area code nor exchange begins with 0 or 1.
_AMERICAN: Final = re.compile(r"1?[2-9][0-9]{2}[2-9][0-9]{6}")
_ABROAD: Final = re.compile(r"[1-9][0-9]{7,14}")  # ITU-T E.164: at most fifteen digits with the country code


def about_name(name: str, where: str) -> Iterator[Reason]:
    """What is wrong with a name."""
    if not any(char.isalnum() for char in name):
        yield Reason(code="NAME_EMPTY", field=f"{where}name", text="The name has no letter in it.")


def about_addresses(addresses: Addresses, zips: Mapping[str, str], where: str) -> Iterator[Reason]:
    """What is wrong with addresses; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    if addresses.email is not None and not _is_plain(addresses.email):
        text = "The e-mail address is not one plain address."
        yield Reason(code="EMAIL_UNUSABLE", field=f"{where}addresses.email", text=text)
    if addresses.phone is not None and not _can_be_called(addresses.phone):
        yield Reason(code="NUMBER_UNUSABLE", field=f"{where}addresses.phone", text=_NO_NUMBER)
    if addresses.mobile is not None and ("x" in addresses.mobile or not _can_be_called(addresses.mobile)):
        yield Reason(code="NUMBER_UNUSABLE", field=f"{where}addresses.mobile", text=f"{_NO_NUMBER} without extension.")
    if addresses.portal is not None and not addresses.portal.isprintable():
        text = "The id in the portal has characters that cannot be printed."
        yield Reason(code="PORTAL_UNUSABLE", field=f"{where}addresses.portal", text=text)
    if addresses.postal is not None:
        yield from _about_postal(addresses.postal, zips, f"{where}addresses.postal.")


def about_preferences(wanted: Preferences, where: str) -> Iterator[Reason]:
    """What is wrong with wishes by themselves."""
    if wanted.language not in LANGUAGES:
        text = f"There are letters in: {', '.join(sorted(LANGUAGES))}."
        yield Reason(code="LANGUAGE_UNKNOWN", field=f"{where}preferences.language", text=text)
    if not is_zone(wanted.time_zone):
        text = "The time zone is not an IANA time zone, such as America/Chicago."
        yield Reason(code="ZONE_UNKNOWN", field=f"{where}preferences.time_zone", text=text)
    if wanted.quiet is not None:
        yield from _about_quiet(wanted.quiet, f"{where}preferences.quiet")
    if not wanted.channels:
        text = "Say at least one way of being reached; a task for staff is one."
        yield Reason(code="CHANNEL_MISSING", field=f"{where}preferences.channels", text=text)
    if len(set(wanted.channels)) < len(wanted.channels):
        text = "A way of being reached is named twice."
        yield Reason(code="CHANNEL_REPEATED", field=f"{where}preferences.channels", text=text)


def about_channels(wanted: Preferences, addresses: Addresses, where: str) -> Iterator[Reason]:
    """Which ways of being reached lack the address they need."""
    for channel in dict.fromkeys(wanted.channels):
        needs = NEEDS[channel]
        if needs and all(getattr(addresses, kind) is None for kind in needs):
            text = f"To be reached by {channel} an address is needed: {' or '.join(needs)}."
            yield Reason(code="ADDRESS_MISSING", field=f"{where}preferences.channels", text=text)


def about_facts(facts: ContactFacts, zips: Mapping[str, str], where: str) -> Iterator[Reason]:
    """What is wrong with name, addresses and wishes of a contact."""
    yield from about_name(facts.name, where)
    yield from about_addresses(facts.addresses, zips, where)
    yield from about_preferences(facts.preferences, where)
    yield from about_channels(facts.preferences, facts.addresses, where)


_NO_NUMBER: Final = "This is no number of ten digits with its area code, nor one from abroad that begins with +"


def _is_plain(address: str) -> bool:
    try:
        return checked_address(address) == address
    except NotSendable:
        return False


def _can_be_called(number: str) -> bool:
    before, _, extension = number.strip().partition("x")
    digits = "".join(_DIGITS.findall(before))
    if "x" in extension or "+" in before[1:]:
        return False
    if before.startswith("+") and not digits.startswith("1"):
        return _ABROAD.fullmatch(digits) is not None
    return _AMERICAN.fullmatch(digits) is not None


def _about_postal(postal: PostalAddress, zips: Mapping[str, str], where: str) -> Iterator[Reason]:
    if postal.state not in STATES and postal.state not in ELSEWHERE:
        text = "The state is not one that the Postal Service delivers to."
        yield Reason(code="STATE_UNKNOWN", field=f"{where}state", text=text)
        return
    # A code that is not in the list may be newer than the list.
    if zips.get(postal.zip_code[:5], postal.state) != postal.state:
        yield Reason(code="ZIP_ELSEWHERE", field=f"{where}zip_code", text="The ZIP code lies in another state.")


def _about_quiet(quiet: QuietHours, where: str) -> Iterator[Reason]:
    if quiet.start.tzinfo or quiet.end.tzinfo:
        text = "Quiet hours are hours of the recipient's own day, without an offset."
        yield Reason(code="QUIET_WITH_OFFSET", field=where, text=text)
    elif quiet.start == quiet.end:
        text = "Quiet hours that end as they begin leave no hour to be reached in; who wants that asks to stop writing."
        yield Reason(code="QUIET_ALL_DAY", field=where, text=text)
