"""Licences, specialties, interests and ties as they are typed: values with colons between."""

from typing import Any

import typer

NATIONAL = "US"


def licence(text: str) -> dict[str, Any]:
    """``MD:IL:036-1:2015-01-01:2027-07-31``; State ``US`` is a national credential. BadParameter without the text."""
    profession, state, number, first, *last = _words(text, 4, "PROFESSION:STATE:NUMBER:FROM[:TO]")
    place = None if state.upper() == NATIONAL else state.upper()
    return {
        "profession": profession.upper(),
        "state": place,
        "number": number,
        "valid_from": first,
        "valid_to": _last(last),
    }


def specialty(text: str) -> dict[str, Any]:
    """``CARDIOLOGY:certified:2015-01-01``. BadParameter without the text."""
    name, certified, first, *last = _words(text, 3, "SPECIALTY:certified|not:FROM[:TO]")
    if certified not in ("certified", "not"):
        raise typer.BadParameter("Say certified or not.")
    return {"specialty": name.upper(), "certified": certified == "certified", "since": first, "until": _last(last)}


def interest(text: str) -> dict[str, Any]:
    """``140001:BOARD:SPOUSE:2020-01-01``. BadParameter without the text."""
    ccn, kind, holder, first, *last = _words(text, 4, "CCN:KIND:HOLDER:FROM[:TO]")
    return {"ccn": ccn, "kind": kind.upper(), "holder": holder.upper(), "since": first, "until": _last(last)}


def tie(text: str) -> dict[str, Any]:
    """``<family id>:TREATED:SELF``. BadParameter without the text."""
    family, kind, holder, *rest = _words(text, 3, "FAMILY:KIND:HOLDER")
    if rest:
        raise typer.BadParameter("Write it as FAMILY:KIND:HOLDER.")
    return {"family_id": family, "kind": kind.upper(), "holder": holder.upper()}


def _words(text: str, least: int, form: str) -> list[str]:
    words = text.split(":")
    if not least <= len(words) <= least + 1 or not all(words):
        raise typer.BadParameter(f"Write it as {form}.")
    return words


def _last(words: list[str]) -> str | None:
    return words[0] if words else None
