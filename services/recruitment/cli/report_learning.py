"""Prints what a report tells of networks' work."""

from typing import Any

from services.recruitment.cli.frame import words
from shared.cli.output import say


def tell(found: dict[str, Any]) -> None:
    """Sessions, spread, assistance and movement, a line each; nothing where there is none of them."""
    if not found["sessions"] and not found["assistance"]:
        return
    say("")
    say("Learning networks")
    for one in found["sessions"]:
        cancelled = f" ({one['cancelled']:,} cancelled)" if one["cancelled"] else ""
        who = f"{one['participants']:,} participants from here came, {one['guests']:,} of them as guests"
        people = f"{one['people']:,} people ({one['people_online']:,} online), {one['minutes'] // 60:,} hours in all"
        say(f"  {one['network']}: {one['held']:,} sessions held{cancelled}; {who}: {people}.")
    for one in found["spread"]:
        total = f"{one['adopted_in_all']:,} in all, of whom {one['abandoned']:,} gave it up"
        say(f"  Practice {one['title']} ({one['practice']}): {one['adopted']:,} adopted it in this time, {total}.")
    for one in found["assistance"]:
        given = f"{one['received']:,} asked for, {one['helps']:,} times help was given ({one['minutes'] // 60:,} hours)"
        ended = f"{one['resolved']:,} resolved, of which {one['helped']:,} helped; {one['open']:,} open at the end"
        say(f"  Assistance, {words(one['kind'])}: {given}, {ended}.")
    if found["movement"]:
        say(f"  {found['movement_basis']}")
    for one in found["movement"]:
        numbers = f"{_count(one['participants'])} participants, {_count(one['comparable'])} comparable"
        say(f"  {one['topic_words']}, {one['measure']} ({one['better']} is better; {numbers}): {one['said']}")


def _count(count: int | None) -> str:
    return "1 to 10" if count is None else f"{count:,}"
