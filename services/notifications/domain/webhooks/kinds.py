"""The record of a partner's deliveries: whatever its last event says."""

import datetime as dt
from typing import Any, Final

from shared.contracts.notifications.webhooks import (
    HOOKS,
    HookFacts,
    PartnerHookChanged,
    PartnerHookRemoved,
    PartnerHooksTidied,
)
from shared.records.kinds import Kind, Record
from shared.records.tidied import tidied_kind


class Hook(Record):
    """A partner; ``facts`` is None once it was removed."""

    partner: str
    facts: HookFacts | None


def _evolve(before: Hook | None, event: PartnerHookChanged | PartnerHookRemoved, at: dt.datetime) -> Hook:
    del before, at  # each event is all there is to know
    return Hook(partner=event.partner, facts=event.facts if isinstance(event, PartnerHookChanged) else None)


HOOK: Final = Kind(
    name="hook",
    state=Hook,
    events=(PartnerHookChanged, PartnerHookRemoved),
    begins=(PartnerHookChanged, PartnerHookRemoved),
    id_of=lambda event: event.partner,
    evolve=_evolve,
    topic=HOOKS.name,
)

HOOKS_TIDIED: Final = tidied_kind("hooks-tidied", PartnerHooksTidied, HOOKS.name)

KINDS: Final[tuple[Kind[Any], ...]] = (HOOK, HOOKS_TIDIED)
