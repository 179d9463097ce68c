"""Pauses a partner who wants no more or could not be reached for days, and tells staff."""

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID, uuid5

import asyncpg

from services.notifications.domain.webhooks.kinds import HOOK, KINDS, Hook
from services.notifications.domain.webhooks.rules import KEPT, paused
from services.notifications.webhooks.settings import WebhookSettings
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.notifications.webhooks import HookStanding, PartnerHookChanged, WhyPaused
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

NOTICE: Final = "PARTNER_HOOK_PAUSED"
_DUE: Final = dt.timedelta(days=1)
_WHY: Final = {
    WhyPaused.GONE: "Its server answered that it wants no more events (410 Gone).",
    WhyPaused.FAILING: "Nothing could be delivered to it for days.",
}
_KINDS: Final = Kinds(KINDS)


async def pause(
    conn: asyncpg.Connection, partner: str, hook: UUID, why: WhyPaused, settings: WebhookSettings, now: dt.datetime
) -> None:
    """Pause this registration, unless it is paused or gone already, and ask for a notice to staff; one transaction."""

    def decide(group: Group, work: Work[Record]) -> Iterable[Emit]:
        del group
        held = work.get(HOOK.key(partner))
        facts = held.facts if isinstance(held, Hook) else None
        if facts is None or facts.hook != hook or facts.standing is HookStanding.PAUSED:
            return ()
        event = PartnerHookChanged(partner=partner, facts=paused(facts, why))
        request = _notice(partner, event.facts.name, why, uuid5(hook, f"paused/{facts.anew_at}"), settings, now)
        return (*happen([event], work, _KINDS), Emit(REQUESTS.name, str(request.notice_id), request))

    async with conn.transaction():
        await carried_out(conn, RecordStore(_KINDS, {}), [(HOOK.key(partner),)], decide, now)


def _notice(
    partner: str, name: str, why: WhyPaused, notice_id: UUID, settings: WebhookSettings, now: dt.datetime
) -> NoticeRequested:
    staff = Recipient(
        role="qio_staff", name=settings.staff_name, email=settings.staff_email, time_zone="America/New_York"
    )
    return NoticeRequested(
        notice_id=notice_id,
        notice_type=NOTICE,
        subject=f"hook:{partner}"[:64],
        recipient=staff,
        facts={
            "partner_id": partner,
            "partner_name": name,
            "reason": _WHY[why],
            "paused_on": now.date().isoformat(),
            "kept_until": (now + KEPT).date().isoformat(),
        },
        due_at=now + _DUE,
    )
