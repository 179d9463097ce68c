"""What must not be readable outside complaints: fields by name and type, values, and small numbers."""

import datetime as dt
import re
from collections.abc import Hashable, Iterator, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from shared.contracts.message import Message, PublicEvent

K = TypeVar("K", bound=Hashable)

SMALLEST_CELL = 11  # counts below identify somebody implicitly (42 CFR 480.101; CMS cell size policy)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall("[a-z]+", text.lower()))


# A field whose name has one of these words tells of a person or of what stays with the QIO (42 CFR 480.101).
PERSONAL = _words("""
    dob birth street phone telephone fax email mbi hicn ssn mrn photo voice patient beneficiary person representative
    complainant complaint narrative concern rationale diagnosis procedure physician practitioner clinician surgeon npi
    licence license attending reviewer specialty notes vote votes attestation attested screening deliberation
    deliberations iid consent consents consented emtala sanction discussion disclosure disclosures actor contact
    recipient facts claim finding findings severity advocacy
""")
# Where anyone may read, these too: they name an institution's place or carry words.
PUBLICLY = PERSONAL | _words("name zip address city account member text note record records remark comment")
# As the name of an opaque id these say which thing, and of no person.
THINGS = _words("complaint concern claim procedure disclosure")
# Names that hold a word of the list and tell nobody: which kind of party, our own mark, how many days of all patients.
HARMLESS = frozenset({"recipient_role", "redisclosure", "patient_days"})
# The number of a QIO's office, which is printed for everybody in the directory and in letters.
OFFICES = frozenset(
    f"{event}.phone" for event in ("ContactEntered", "SessionPlanned", "ActionPeriodStarted", "PairingProposed")
)
# Values that say there is such a case (42 CFR 480.142, 489.24(h)).
HIDDEN = re.compile(r"SANCTION|EMTALA")
_PERSON_REFERENCE = "^[0-9a-f]{32}$"  # the pattern of the keyed reference of a beneficiary


class Leak(NamedTuple):
    """A place in a message that must not leave, and by which check."""

    path: str
    check: Literal["name", "open content", "person reference", "hidden value", "exact time", "time at facility"]


def leaks(message: type[Message]) -> tuple[Leak, ...]:
    """What forbids this message on a topic that is not confidential; empty when nothing does.

    A public message is held to the wider list of names and carries no exact time.
    """
    public = issubclass(message, PublicEvent)
    denied = PUBLICLY if public else PERSONAL
    if message.TYPE.startswith(("recruitment.", "measures.")):
        denied -= {"actor"}  # who records something there is staff of a learning network, never a reviewer
    found: list[Leak] = []
    for path, annotation, metadata in _fields(message, message.__name__, frozenset()):
        found += _leaks_of(path, annotation, metadata, denied, public=public)
    return tuple(dict.fromkeys((*found, *_implicit(message))))


def _leaks_of(
    path: str, annotation: Any, metadata: tuple[Any, ...], denied: frozenset[str], *, public: bool
) -> Iterator[Leak]:
    name = path.rpartition(".")[2]
    kinds = set(_kinds(annotation))
    allowed = THINGS if kinds <= {UUID, NoneType, Union, UnionType} else frozenset[str]()
    if name not in HARMLESS and path not in OFFICES and _words(name) & (denied - allowed):
        yield Leak(path, "name")
    if _is_open(annotation):
        yield Leak(path, "open content")
    if _PERSON_REFERENCE in _patterns((*metadata, *_inner_metadata(annotation))):
        yield Leak(path, "person reference")
    if any(HIDDEN.search(value) for value in _values(annotation)):
        yield Leak(path, "hidden value")
    if public and kinds & {dt.datetime, dt.date, dt.time}:
        yield Leak(path, "exact time")


def _implicit(message: type[Message]) -> Iterator[Leak]:
    """An exact time together with the facility of a case tells who was there."""
    if not message.TYPE.startswith("complaints."):
        return
    fields = {path.rpartition(".")[2]: set(_kinds(kind)) for path, kind, _ in _fields(message, "", frozenset())}
    timed = any(dt.datetime in kinds for kinds in fields.values())
    for name in fields:
        if timed and {"ccn", "facility", "hospital", "provider"} & _words(name):
            yield Leak(f"{message.__name__}.{name}", "time at facility")


def _fields(kind: Any, path: str, seen: frozenset[Any]) -> Iterator[tuple[str, Any, tuple[Any, ...]]]:
    """Every field of a model and of the models inside it: path, annotation, constraints."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind in seen:
            return
        for name, info in kind.model_fields.items():
            yield f"{path}.{name}", info.annotation, tuple(info.metadata)
            yield from _fields(info.annotation, f"{path}.{name}", seen | {kind})
        return
    for inner in get_args(kind):
        yield from _fields(inner, path, seen)


def _is_open(annotation: Any) -> bool:
    """Whether anything may stand in it; a mapping is closed where its keys are bounded, its values closed."""
    kind = get_origin(annotation) or annotation
    if kind is Literal:
        return False
    inner = get_args(annotation)
    if kind is dict:
        return not inner or not _bounded(inner[0]) or _is_open(inner[1])
    return any(kind is one for one in (Any, object, bytes)) or any(map(_is_open, inner))


def _bounded(key: Any) -> bool:
    return bool(_patterns(tuple(_inner_metadata(key)))) or (isinstance(key, type) and issubclass(key, Enum))


def _kinds(annotation: Any) -> Iterator[Any]:
    """The types an annotation is made of."""
    origin = get_origin(annotation)
    if origin is Literal:
        return
    yield origin or annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def _inner_metadata(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _inner_metadata(inner)


def _patterns(metadata: tuple[Any, ...]) -> set[str]:
    found: set[str] = set()
    for item in metadata:
        nested = tuple(getattr(item, "metadata", ()))
        found |= {item.pattern} if isinstance(getattr(item, "pattern", None), str) else _patterns(nested)
    return found


def _values(annotation: Any) -> Iterator[str]:
    """The words a field may hold, where they are listed."""
    if get_origin(annotation) is Literal:
        yield from (value for value in get_args(annotation) if isinstance(value, str))
        return
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (str(member.value) for member in annotation)
    for inner in get_args(annotation):
        yield from _values(inner)


def suppress(cells: Mapping[K, int]) -> tuple[dict[K, int | None], int | None]:
    """Counts that may be shown beside their total, and the total; None is suppressed.

    Every count below 11 is withheld, and then further counts, the smallest first, until what is withheld cannot be
    had back by subtraction: at least two cells that together hold 11 or more. Where that cannot be, the total goes.
    """
    shown: dict[K, int | None] = {key: count if count >= SMALLEST_CELL else None for key, count in cells.items()}
    total = sum(cells.values())
    withheld = [key for key, count in shown.items() if count is None]
    if not withheld:
        return shown, total if total >= SMALLEST_CELL else None
    for key in sorted((key for key, count in shown.items() if count is not None), key=lambda key: cells[key]):
        if _safe(cells, withheld):
            break
        shown[key] = None
        withheld.append(key)
    return shown, total if _safe(cells, withheld) else None


def _safe(cells: Mapping[K, int], withheld: list[K]) -> bool:
    return len(withheld) > 1 and sum(cells[key] for key in withheld) >= SMALLEST_CELL
