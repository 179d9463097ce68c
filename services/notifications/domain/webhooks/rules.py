"""What partners' hooks may be asked to do, and why not."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from services.notifications.domain.webhooks.kinds import HOOK
from services.notifications.domain.webhooks.shown import TOPICS
from services.notifications.domain.webhooks.target import NeverCalled, target_of
from shared.contracts.message import Command
from shared.contracts.notifications.webhooks import (
    ChangeHook,
    HookFacts,
    HookReplay,
    HookSecret,
    HookStanding,
    PartnerHookChanged,
    PartnerHookRemoved,
    PauseHook,
    RegisterPartnerHook,
    RemoveHook,
    ReplayWindow,
    ResumeHook,
    RotateSecret,
    WhyPaused,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

KEPT: Final = dt.timedelta(days=30)
"""How long what was queued for a partner can be sent again."""
MOST_REPLAYS: Final = 20
_REPLAYS_WITHIN: Final = dt.timedelta(hours=1)
_TOPICS: Final = frozenset(topic.name for topic in TOPICS)

# In words, by code of NeverCalled; whatever has no words of its own is an address outside the public internet.
_WHY: Final = {
    "url-scheme": "The URL must begin with https://.",
    "url-port": "The port must be 443 or 8443.",
    "url-userinfo": "The URL must name no user and no password.",
    "url-fragment": "The URL must have no part behind a #.",
    "url-malformed": "The URL is none that all programs read alike; it needs plain characters only.",
    "host-missing": "The URL names no host.",
    "host-malformed": "The URL's host is no name or address.",
    "host-number": "An address must be written as four plain decimal numbers.",
    "host-inner": "The URL's host is a name of inner networks.",
}


def paused(facts: HookFacts, why: WhyPaused) -> HookFacts:
    """The facts of a hook that is paused now."""
    return facts.model_copy(update={"standing": HookStanding.PAUSED, "why_paused": why})


def _keys(command: Any, ids: Ids) -> tuple[str, ...]:
    del ids
    return (HOOK.key(command.partner),)


def _facts(held: Held, partner: str) -> HookFacts | None:
    hook = held.get(HOOK, partner)
    return hook.facts if hook is not None else None


def _said(partner: str, facts: HookFacts) -> Decided:
    return Decided({"partner": partner, "hook": str(facts.hook)}, (PartnerHookChanged(partner=partner, facts=facts),))


def _of_one(
    decide: Callable[[Any, HookFacts, Asked], Decided | Against],
) -> Callable[[Any, Held, Asked], Decided | Against]:
    """A decision about a hook there is."""

    def decided(command: Command, held: Held, asked: Asked) -> Decided | Against:
        partner = str(getattr(command, "partner", ""))
        facts = _facts(held, partner)
        if facts is None:
            return against("UNKNOWN", "partner", "There is no such partner.")
        return decide(command, facts, asked)

    return decided


def _faults(url: str | None, topics: Sequence[str] | None, tested: frozenset[str]) -> Iterator[Reason]:
    if url is not None:
        try:
            target_of(url, tested)
        except NeverCalled as never:
            text = _WHY.get(never.code, "The URL's host is no host of the public internet.")
            yield Reason(code=never.code.upper().replace("-", "_"), field="url", text=text)
    if topics is not None and not set(topics) <= _TOPICS:
        names = ", ".join(sorted(_TOPICS))
        yield Reason(code="TOPIC", field="topics", text=f"The public topics are {names}.")
    if topics is not None and len(set(topics)) < len(topics):
        yield Reason(code="TWICE", field="topics", text="A topic is named twice.")


def _register(command: RegisterPartnerHook, held: Held, asked: Asked, *, tested: frozenset[str]) -> Decided | Against:
    reasons = list(_faults(command.url, command.topics, tested))
    if _facts(held, command.partner) is not None:
        reasons.append(Reason(code="EXISTS", field="partner", text="The partner is registered already; change it."))
    facts = HookFacts(
        hook=asked.new_id("hook"),
        name=command.name,
        url=command.url,
        topics=tuple(sorted(command.topics)),
        contact=command.contact,
        standing=HookStanding.ACTIVE,
        secrets=(HookSecret(secret=command.secret),),
        registered_at=asked.now,
        anew_at=asked.now,
    )
    return refused(reasons) or _said(command.partner, facts)


def _change(command: ChangeHook, held: Held, asked: Asked, *, tested: frozenset[str]) -> Decided | Against:
    def decide(command: ChangeHook, facts: HookFacts, asked: Asked) -> Decided | Against:
        given = {name: getattr(command, name) for name in ("name", "url", "topics", "contact")}
        changed = {name: value for name, value in given.items() if value is not None}
        if not changed:
            return against("NOTHING", None, "Nothing to change was given.")
        if command.topics is not None:
            changed["topics"] = tuple(sorted(command.topics))
        if command.url is not None and command.url != facts.url:
            changed["anew_at"] = asked.now
        reasons = _faults(command.url, command.topics, tested)
        return refused(reasons) or _said(command.partner, facts.model_copy(update=changed))

    return _of_one(decide)(command, held, asked)


@_of_one
def _pause(command: PauseHook, facts: HookFacts, asked: Asked) -> Decided | Against:
    del asked
    if facts.standing is HookStanding.PAUSED:
        return against("STATE", None, "The partner is paused already; from there is possible: resume, remove.")
    return _said(command.partner, paused(facts, WhyPaused.STAFF))


@_of_one
def _resume(command: ResumeHook, facts: HookFacts, asked: Asked) -> Decided | Against:
    if facts.standing is HookStanding.ACTIVE:
        return against("STATE", None, "The partner is not paused; from there is possible: pause, remove.")
    anew = {"standing": HookStanding.ACTIVE, "why_paused": None, "anew_at": asked.now}
    return _said(command.partner, facts.model_copy(update=anew))


@_of_one
def _rotate(command: RotateSecret, facts: HookFacts, asked: Asked) -> Decided | Against:
    if command.secret in {one.secret for one in facts.secrets}:
        return against("SAME", "secret", "That secret is in use already; have another one made.")
    before = HookSecret(secret=facts.secrets[0].secret, until=asked.now + dt.timedelta(hours=command.overlap_hours))
    kept = (before,) if command.overlap_hours else ()
    return _said(command.partner, facts.model_copy(update={"secrets": (HookSecret(secret=command.secret), *kept)}))


@_of_one
def _remove(command: RemoveHook, facts: HookFacts, asked: Asked) -> Decided | Against:
    del asked
    return Decided(
        {"partner": command.partner, "hook": str(facts.hook)}, (PartnerHookRemoved(partner=command.partner),)
    )


@_of_one
def _replay(command: ReplayWindow, facts: HookFacts, asked: Asked) -> Decided | Against:
    reasons = []
    if command.until <= command.since:
        reasons.append(Reason(code="WINDOW", field="until", text="The window must end after it begins."))
    if command.until > asked.now:
        reasons.append(Reason(code="AHEAD", field="until", text="The window must not end in the future."))
    if command.since < asked.now - KEPT:
        text = f"What was queued more than {KEPT.days} days ago is not kept; the public topics hold a year."
        reasons.append(Reason(code="NOT_KEPT", field="since", text=text))
    lately = [one for one in facts.replays if one.asked_at > asked.now - _REPLAYS_WITHIN]
    if len(lately) >= MOST_REPLAYS:
        text = f"{MOST_REPLAYS} windows were asked for within the hour; wait a while."
        reasons.append(Reason(code="OFTEN", field=None, text=text))
    one = HookReplay(since=command.since, until=command.until, asked_at=asked.now)
    replays = (*facts.replays[1 - MOST_REPLAYS :], one)
    return refused(reasons) or _said(command.partner, facts.model_copy(update={"replays": replays}))


def made(tested: frozenset[str]) -> tuple[AnyRule, ...]:
    """The rules of an installation; ``tested`` names receivers (``host:port``) that may be anywhere, for tests."""
    return (
        Rule(RegisterPartnerHook, _keys, partial(_register, tested=tested)),
        Rule(ChangeHook, _keys, partial(_change, tested=tested)),
        Rule(PauseHook, _keys, _pause),
        Rule(ResumeHook, _keys, _resume),
        Rule(RotateSecret, _keys, _rotate),
        Rule(RemoveHook, _keys, _remove),
        Rule(ReplayWindow, _keys, _replay),
    )


RULES: Final = made(frozenset())


def allowing(rules: Sequence[AnyRule], tested: frozenset[str]) -> tuple[AnyRule, ...]:
    """The same rules, those about URLs with these receivers allowed."""
    replaced = {rule.command: rule for rule in made(tested)}
    return tuple(replaced.get(rule.command, rule) for rule in rules)
