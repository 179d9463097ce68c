"""Technical assistance in a report: what those who work on its task asked for, and what help they were given."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from services.recruitment.domain.assistance.request_kind import OPEN, Request, Status
from services.recruitment.domain.reports.tasks import Scope
from shared.contracts.recruitment.assistance_commands import (
    Helped,
)
from shared.contracts.recruitment.assistance_terms import AssistanceKind


@dataclass(frozen=True, slots=True)
class Assistance:
    """Of one kind: requests received in the time, help given in it with its minutes, requests resolved in it.

    ``helped`` are those of the resolved that helped at least in part, as whoever asked sees it; ``open`` are those not
    over on the last day, whenever they were received.
    """

    kind: AssistanceKind
    received: int
    helps: int
    minutes: int
    resolved: int
    helped: int
    open: int


def assistance(scope: Scope, requests: Iterable[Request], askers: AbstractSet[str]) -> tuple[Assistance, ...]:
    """Sums by kind over the requests of these askers; of kinds with nothing to tell none."""
    of_kind: dict[AssistanceKind, list[Request]] = {}
    for one in requests:
        if one.asked_by in askers and one.received_on <= scope.last:
            of_kind.setdefault(one.kind, []).append(one)
    found = (_sums(scope, kind, of_kind[kind]) for kind in AssistanceKind if kind in of_kind)
    return tuple(one for one in found if one.received or one.helps or one.resolved or one.open)


def _sums(scope: Scope, kind: AssistanceKind, requests: Iterable[Request]) -> Assistance:
    held = tuple(requests)
    helps = [one for request in held for one in request.helps if scope.first <= one.given_on <= scope.last]
    resolved = tuple(_resolved(scope, held))
    return Assistance(
        kind=kind,
        received=sum(one.received_on >= scope.first for one in held),
        helps=len(helps),
        minutes=sum(one.minutes for one in helps),
        resolved=len(resolved),
        helped=sum(one.helped in (Helped.YES, Helped.PARTLY) for one in resolved),
        open=sum(_then(scope, one) in OPEN for one in held),
    )


def _resolved(scope: Scope, requests: Iterable[Request]) -> Iterator[Request]:
    """Those whose last step up to the last day resolved them, in the time."""
    for one in requests:
        until = [turn for turn in one.turns if turn.on <= scope.last]
        if until and until[-1].to is Status.RESOLVED and until[-1].on >= scope.first:
            yield one


def _then(scope: Scope, request: Request) -> Status:
    until = [turn for turn in request.turns if turn.on <= scope.last]
    return until[-1].to if until else Status.RECEIVED
