"""A file of contacts as commands: a row each, or several of one key where somebody has several parts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from pydantic import ValidationError

from shared.cli.many import Row
from shared.cli.wording import broken_rules
from shared.contracts.notifications.contacts import RegisterContact
from shared.contracts.notifications.terms import Holds
from shared.contracts.replies import Reason
from shared.feeds.rows import Rejection, UnusableFile
from shared.feeds.tables import open_table
from shared.program.zones import ZoneError, facility_zone

_SPACE: Final = UUID("6f2c4e38-6f0b-5d0e-9a55-0f6a3c1b7e21")
KEY: Final = "key"
# What each column says; `qio contacts import --help` tells it.
COLUMNS: Final[Mapping[str, str]] = {
    KEY: "its id in the file's own system; never changes",
    "name": "of the person or organisation",
    "organisation": "yes for an organisation",
    "email": "one plain address",
    "phone": "for calls",
    "mobile": "for texts",
    "street": "of the postal address",
    "unit": "second line of the postal address",
    "city": "of the postal address",
    "state": "two letters, of the postal address",
    "zip_code": "five or nine digits",
    "portal": "the id in the site's portal",
    "language": "two letters; en when empty",
    "time_zone": "IANA zone; by ZIP code and state when empty",
    "channels": "best first, with semicolons; by the addresses when empty",
    "format": "standard, large-print or plain-text",
    "rhythm": "at-once, daily or weekly",
    "quiet": "hours such as 21:00-08:00",
    "consented_name": "yes where the name may be told to others",
    "part": "for example ADMINISTRATOR; with place and since",
    "place": "for example facility:225009",
    "since": "first day of the part",
    "until": "first day without the part",
}
_PART: Final = ("part", "place", "since", "until")
_YES: Final = {"yes": True, "no": False, "": False}

Lines = list[tuple[int, dict[str, str]]]


def contact_id(source: str, key: str) -> UUID:
    """The id of the contact that a source calls by this key: always the same."""
    return uuid5(_SPACE, f"{source}/{key}")


def from_file(path: Path, source: str, actor: str) -> list[Row]:
    """The rows of a CSV file with the columns ``key``, ``name`` and any other of COLUMNS; raises UnusableFile.

    Rows of one key are one contact with the parts of each. What cannot be asked has reasons, and is not asked in part:
    a contact of which one row is wrong waits until all are right.
    """
    table = open_table(path)
    columns = tuple(name.strip().lower() for name in table.columns)
    wrong = sorted({name for name in columns if name not in COLUMNS or columns.count(name) > 1})
    if wrong:
        known = ", ".join(COLUMNS)
        raise UnusableFile(f"{path.name} has columns that are unknown or twice: {', '.join(wrong)}. Known: {known}.")
    if not {KEY, "name"} <= set(columns):
        raise UnusableFile(f"{path.name} needs the columns key and name.")
    return sorted(_rows(table.rows(), columns, source, actor), key=lambda row: row.line)


def _rows(
    lines: Iterator[tuple[int, list[str] | Rejection]], columns: tuple[str, ...], source: str, actor: str
) -> Iterator[Row]:
    groups: dict[str, Lines] = {}
    for line, values in lines:
        if isinstance(values, Rejection):
            yield _refused(line, "", "LINE", None, f"The line cannot be read: {values.rule}.")
            continue
        given = {name: value for name, value in zip(columns, values, strict=True) if value}
        if KEY in given:
            groups.setdefault(given[KEY], []).append((line, given))
        else:
            yield _refused(line, "", "KEY_MISSING", KEY, "Say what the contact is called in the file's own system.")
    for key, group in groups.items():
        yield from _contact(key, group, source, actor)


def _contact(key: str, group: Lines, source: str, actor: str) -> Iterator[Row]:
    """The one row that asks for a contact, or those that say what is wrong, each with its line."""
    first = group[0][1]
    wrong = [row for line, given in group if (row := _checked(key, line, given, first))]
    if not wrong:
        line = group[0][0]
        values = {"actor": actor, "contact": contact_id(source, key), "facts": _facts([one for _, one in group])}
        try:
            yield Row(line, key, RegisterContact.model_validate(values))
        except ValidationError as error:
            found = broken_rules(RegisterContact, error)
            wrong = [Row(line, key, None, tuple(Reason(code="SCHEMA", field=at, text=text) for at, text in found))]
    yield from wrong


def _checked(key: str, line: int, given: Mapping[str, str], first: Mapping[str, str]) -> Row | None:
    other = sorted(name for name in given if name not in _PART and given[name] != first.get(name))
    if other:
        text = f"An earlier row of this key says otherwise: {', '.join(other)}."
        return _refused(line, key, "KEY_REPEATED", KEY, text)
    for name in ("organisation", "consented_name"):
        if given.get(name, "").lower() not in _YES:
            return _refused(line, key, "SCHEMA", name, "must be yes or no.")
    if "quiet" in given and len(given["quiet"].split("-")) != 2:
        return _refused(line, key, "SCHEMA", "quiet", "must be hours such as 21:00-08:00.")
    # Of several rows each has a part of its own; the rest is checked with the contact.
    if any(name in given for name in _PART):
        try:
            Holds.model_validate(_part(given))
        except ValidationError as error:
            found = broken_rules(Holds, error)
            return Row(line, key, None, tuple(Reason(code="SCHEMA", field=at, text=text) for at, text in found))
    return None


def _part(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given[name] for name in _PART if name in given}


def _refused(line: int, key: str, code: str, field: str | None, text: str) -> Row:
    return Row(line, key, None, (Reason(code=code, field=field, text=text),))


def _facts(group: list[dict[str, str]]) -> dict[str, Any]:
    given = group[0]
    addresses = _addresses(given)
    return {
        "name": given.get("name", ""),
        "organisation": _YES[given.get("organisation", "").lower()],
        "addresses": addresses,
        "preferences": _preferences(given, addresses),
        "holds": [_part(one) for one in group if "part" in one],
        "consented_name": _YES[given.get("consented_name", "").lower()],
    }


def _addresses(given: Mapping[str, str]) -> dict[str, Any]:
    addresses: dict[str, Any] = {name: given[name] for name in ("email", "phone", "mobile", "portal") if name in given}
    postal = {name: given[name].upper() if name == "state" else given[name] for name in _PLACED if name in given}
    lines = [given[name] for name in ("street", "unit") if name in given]
    if postal or lines:
        addresses["postal"] = {**postal, "lines": lines}
    return addresses


_PLACED: Final = ("city", "state", "zip_code")


def _preferences(given: Mapping[str, str], addresses: Mapping[str, Any]) -> dict[str, Any]:
    names = ("language", "time_zone", "format", "rhythm")
    wishes: dict[str, Any] = {name: given[name] for name in names if name in given}
    if "quiet" in given:
        start, _, end = given["quiet"].partition("-")
        wishes["quiet"] = {"start": start.strip(), "end": end.strip()}
    if "channels" in given:
        wishes["channels"] = [one.strip().lower() for one in given["channels"].split(";") if one.strip()]
    else:
        wishes["channels"] = channels_of(addresses)
    if "time_zone" not in given and (zone := zone_of(addresses)):
        wishes["time_zone"] = zone
    return wishes


def channels_of(addresses: Mapping[str, Any]) -> list[str]:
    """How somebody can be reached who said nothing of it: by mail before letters before calls, else by staff."""
    ways = {"email": "email", "postal": "letter", "phone": "call"}
    return [way for address, way in ways.items() if addresses.get(address)] or ["task"]


def zone_of(addresses: Mapping[str, Any]) -> str | None:
    """The time zone of a postal address; None where it leads to none."""
    postal = addresses.get("postal") or {}
    if "state" not in postal:
        return None
    try:
        return facility_zone(postal["state"], postal.get("zip_code", "")[:5] or None)
    except ZoneError:
        return None
