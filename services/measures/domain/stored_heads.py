"""Reads stored heads, also those of the first form: days for each year. They are written anew when they change."""

from typing import Final

import msgspec

from services.measures.domain.evidence import Evidence
from services.measures.domain.head import FINGERPRINT, Head
from services.measures.domain.summary import Summary
from services.measures.domain.timeline import Spans

_FIRST_FORM: Final = b"\x92"  # MessagePack of an array of two
_OLD_FINGERPRINT: Final = 4


class _Year(msgspec.Struct, array_like=True):
    fingerprints: bytes
    first: int
    reach: int
    lead: int
    tail: int
    death: int
    birth: int
    coverage: Spans
    evidence: Evidence
    records: tuple[int, int, int]
    wake: int


class _Head(msgspec.Struct, array_like=True):
    years: dict[int, _Year]
    release: int


_old = msgspec.msgpack.Decoder(_Head)
_new = msgspec.msgpack.Decoder(Head)


def decode_head(body: bytes) -> Head:
    """The stored head in either form; empty bytes are a beneficiary just met."""
    if not body:
        return Head()
    return _convert(_old.decode(body)) if body.startswith(_FIRST_FORM) else _new.decode(body)


def _convert(old: _Head) -> Head:
    head = Head(release=old.release)
    for year, was in old.years.items():
        for at in range(0, len(was.fingerprints), _OLD_FINGERPRINT):
            head.meet(was.fingerprints[at : at + FINGERPRINT], year)
        head.claims += was.records[0]
        head.enrolments += was.records[2]
        days = (was.first, was.reach, was.lead, was.tail, was.death, was.birth)
        head.learn(year, Summary(*days, was.coverage, was.evidence, was.wake))
    return head
