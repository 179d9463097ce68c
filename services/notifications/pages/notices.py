"""The page of notice rules for people: `python -m services.notifications.pages.notices > docs/notices.md`."""

import datetime as dt
import sys
from collections.abc import Iterable
from typing import Final

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.rules.row import NoticeRule
from services.notifications.domain.rules.table import ROWS
from shared.contracts.message import Event

_INTRODUCTION: Final = """\
# Notice rules

Made from the tables in `services/notifications/domain/rules/` by
`python -m services.notifications.pages.notices > docs/notices.md`; do not edit. The messages are in
[events.md](events.md).

Which event makes which notice, for whom. What other services request themselves is not here: letters of cases,
welcomes, invitations, answers to interests. An event that was said longer ago than "stale after" makes nothing, also
when it is read again; a notice is made once for each recipient and cause, however often the event is repeated. Who
holds several of the parts gets one. Staff count who hold their part at the state, at the QIO (`qio:` and its name or
region, such as `qio:area-1`) or at `any:any`. "In digests": it may wait for the digest of who asked for one. The
channels are tried in this order, as far as the recipient has them.
"""
_HEAD: Final = ("event", "when", "notice", "recipients", "channels", "in digests", "due", "stale after")


def render() -> str:
    """The whole page, in the order of the table."""
    return _INTRODUCTION + "\n" + "".join(map(_row, (_HEAD, ["---"] * len(_HEAD), *map(_cells, ROWS))))


def _cells(row: NoticeRule) -> tuple[str, ...]:
    kind = CATALOGUE[row.notice]
    return (
        f"`{_message(row).wire_type()}`",
        _when(row),
        f"`{row.notice}`",
        "; ".join(one.words for one in row.to),
        ", ".join(kind.channels),
        "yes" if kind.digestible else "no",
        row.term.words,
        _span(row.stale_after),
    )


def _message(row: NoticeRule) -> type[Event]:
    if row.source is not None:
        return row.source.message
    assert issubclass(row.event, Event)
    return row.event


def _when(row: NoticeRule) -> str:
    if row.source is not None:
        return row.source.words
    return row.when.words if row.when is not None else "always"


def _span(span: dt.timedelta) -> str:
    return f"{span.days} day{'s' * (span.days > 1)}"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(one.replace("|", "\\|").split()) for one in cells) + " |\n"


if __name__ == "__main__":
    sys.stdout.write(render())
