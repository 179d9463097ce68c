"""The record of a partner's deliveries: whatever its last event says."""

import datetime as dt
from typing import Final

from shared.contracts.notifications.webhooks import HOOKS, HookFacts, PartnerHookChanged, PartnerHookRemoved
from shared.records.kinds import Kind, Record


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

KINDS: Final = (HOOK,)
