"""The rules of contacts: who may be registered with what, what changes them, and how they are forgotten."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeVar

from services.notifications.domain.contacts import checks, parts
from services.notifications.domain.contacts.kinds import CONTACT, Contact
from shared.contracts.message import Command
from shared.contracts.notifications.contacts import (
    AddressKind,
    AmendContact,
    ContactFacts,
    ContactForgotten,
    ContactKept,
    EndRole,
    ForgetContact,
    GiveRole,
    MergeContacts,
    RecordNameConsent,
    RegisterContact,
    ResumeWriting,
    SetPreferences,
    StopWriting,
)
from shared.contracts.notifications.terms import Holds
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

C = TypeVar("C", bound=Command)
# The facts that follow, and what is wrong with them.
Changed = tuple[ContactFacts, Iterable[Reason]]
Change = Callable[[C, ContactFacts, Asked], Changed]

_NEW: Final = "contact"


def rules(zips: Mapping[str, str]) -> tuple[AnyRule, ...]:
    """The rules; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    return (
        Rule(RegisterContact, _keys_to_register, partial(register, zips=zips)),
        _changes(AmendContact, partial(_amended, zips=zips)),
        _changes(GiveRole, _given),
        _changes(EndRole, _ended),
        _changes(SetPreferences, _wished),
        _changes(StopWriting, lambda _, facts, __: (facts.model_copy(update={"stopped": True}), ())),
        _changes(ResumeWriting, lambda _, facts, __: (facts.model_copy(update={"stopped": False}), ())),
        _changes(RecordNameConsent, _consented),
        Rule(ForgetContact, _keys, forget),
        Rule(MergeContacts, _keys_to_merge, merge),
    )


def _keys(command: Any, ids: Ids) -> Iterable[str]:
    del ids
    return (CONTACT.key(str(command.contact)),)


def _keys_to_register(command: RegisterContact, ids: Ids) -> Iterable[str]:
    return (CONTACT.key(str(command.contact or ids(_NEW))),)


def _keys_to_merge(command: MergeContacts, ids: Ids) -> Iterable[str]:
    del ids
    return CONTACT.key(str(command.contact)), CONTACT.key(str(command.other))


def register(command: RegisterContact, held: Held, asked: Asked, *, zips: Mapping[str, str]) -> Decided | Against:
    """Register a contact; one that there is already stays as it is."""
    contact = command.contact or asked.new_id(_NEW)
    facts = command.facts.model_copy(update={"holds": parts.in_order(command.facts.holds)})
    before = held.get(CONTACT, str(contact))
    if before is not None:
        if before.facts is None:
            return Against(tuple(_unknown(before, "contact")))
        return Decided({"contact": str(contact), "changed": False, "as_given": before.facts == facts})
    reasons = [*checks.about_facts(command.facts, zips, "facts."), *_about_holds(command.facts.holds, asked)]
    made = {"contact": str(contact), "changed": True, "as_given": True}
    return refused(reasons) or Decided(made, (ContactKept(contact=contact, facts=facts),))


def _about_holds(held: tuple[Holds, ...], asked: Asked) -> Iterator[Reason]:
    for position, hold in enumerate(held):
        yield from parts.reasons_against(hold, asked.now, f"facts.holds[{position}].")
    yield from parts.reasons_together(held, "facts.holds")


def _changes(command: type[C], change: Change[C]) -> AnyRule:
    """A rule that keeps what ``change`` makes of a contact that is known; what stays the same is not said."""

    def decide(command: Any, held: Held, asked: Asked) -> Decided | Against:
        before = held.get(CONTACT, str(command.contact))
        if before is None or before.facts is None:
            return Against(tuple(_unknown(before, "contact")))
        facts, reasons = change(command, before.facts, asked)
        changed = facts != before.facts
        made = {"contact": str(before.id), "changed": changed}
        return refused(reasons) or Decided(made, (ContactKept(contact=before.id, facts=facts),) if changed else ())

    return Rule(command, _keys, decide)


def _unknown(contact: Contact | None, field: str) -> Iterator[Reason]:
    """Why nothing can be done with a contact."""
    if contact is None:
        yield Reason(code="CONTACT_UNKNOWN", field=field, text="There is no such contact.")
    elif contact.merged_into is not None:
        text = f"The contact is one with {contact.merged_into} now."
        yield Reason(code="CONTACT_MERGED", field=field, text=text)
    elif contact.facts is None:
        text = "The contact was forgotten. Whoever comes back is registered anew, as another contact."
        yield Reason(code="CONTACT_FORGOTTEN", field=field, text=text)


def _amended(command: AmendContact, facts: ContactFacts, asked: Asked, *, zips: Mapping[str, str]) -> Changed:
    del asked
    given = {kind: value for kind, value in command.addresses if value is not None}
    addresses = facts.addresses.model_copy(update={**dict.fromkeys(command.without), **given})
    after = facts.model_copy(
        update={
            "name": facts.name if command.name is None else command.name,
            "organisation": facts.organisation if command.organisation is None else command.organisation,
            "addresses": addresses,
        }
    )
    reasons = [
        *_both(command.without, given),
        *(checks.about_name(command.name, "") if command.name is not None else ()),
        *checks.about_addresses(command.addresses, zips, ""),
        *checks.about_channels(facts.preferences, addresses, ""),
    ]
    return after, reasons


def _both(without: Iterable[AddressKind], given: Mapping[str, object]) -> Iterator[Reason]:
    for kind in without:
        if kind in given:
            text = f"The address ({kind}) is both given and taken away."
            yield Reason(code="CONTRADICTION", field="without", text=text)


def _given(command: GiveRole, facts: ContactFacts, asked: Asked) -> Changed:
    hold = Holds(part=command.part, place=command.place, since=command.since, until=command.until)
    if hold in facts.holds:
        return facts, ()
    holds = parts.in_order((*facts.holds, hold))
    reasons = [*parts.reasons_against(hold, asked.now), *parts.too_many(holds, "part")]
    if other := parts.overlapping(hold, facts.holds):
        reasons.append(parts.overlaps(other, "part"))
    return facts.model_copy(update={"holds": holds}), reasons


def _ended(command: EndRole, facts: ContactFacts, asked: Asked) -> Changed:
    same = [one for one in facts.holds if (one.part, one.place) == (command.part, command.place)]
    if not same:
        text = f"The contact has no part {command.part} at {command.place}."
        return facts, (Reason(code="ROLE_UNKNOWN", field="part", text=text),)
    last = max(same, key=lambda one: one.since)
    ended = last.model_copy(update={"until": command.until})
    taken_back = command.until == last.since
    others = [one for one in facts.holds if one != last]
    after = facts.model_copy(update={"holds": parts.in_order(others if taken_back else (*others, ended))})
    reasons = [] if taken_back else [one for one in parts.reasons_against(ended, asked.now) if one.field == "until"]
    return after, reasons


def _wished(command: SetPreferences, facts: ContactFacts, asked: Asked) -> Changed:
    del asked
    reasons = [
        *checks.about_preferences(command.preferences, ""),
        *checks.about_channels(command.preferences, facts.addresses, ""),
    ]
    return facts.model_copy(update={"preferences": command.preferences}), reasons


def _consented(command: RecordNameConsent, facts: ContactFacts, asked: Asked) -> Changed:
    del asked
    return facts.model_copy(update={"consented_name": command.consented}), ()


def forget(command: ForgetContact, held: Held, asked: Asked) -> Decided | Against:
    """Keep nothing of a contact; of whom nothing is kept, nothing is said.

    The answer names the contact that has the parts of one that was merged: it is another, and stays.
    """
    del asked
    before = held.get(CONTACT, str(command.contact))
    known = before is not None and before.facts is not None
    merged = before.merged_into if before is not None else None
    made = {"contact": str(command.contact), "changed": known, "merged_into": merged and str(merged)}
    return Decided(made, (ContactForgotten(contact=command.contact),) if known else ())


def merge(command: MergeContacts, held: Held, asked: Asked) -> Decided | Against:
    """Make two contacts one: the parts of both, and the addresses of the other where there were none."""
    del asked
    one, other = held.get(CONTACT, str(command.contact)), held.get(CONTACT, str(command.other))
    if one is None or one.facts is None or other is None or other.facts is None:
        return Against((*_unknown(one, "contact"), *_unknown(other, "other")))
    facts = _merged(one.facts, other.facts)
    if reasons := refused(_about_merging(command, one.facts, other.facts, facts)):
        return reasons
    events = (
        ContactKept(contact=one.id, facts=facts),
        ContactForgotten(contact=other.id, merged_into=one.id),
    )
    return Decided({"contact": str(one.id), "forgotten": str(other.id), "parts": len(facts.holds)}, events)


def _about_merging(
    command: MergeContacts, one: ContactFacts, other: ContactFacts, facts: ContactFacts
) -> Iterator[Reason]:
    if command.contact == command.other:
        yield Reason(code="SAME_CONTACT", field="other", text="A contact is one with itself already.")
    if one.organisation != other.organisation:
        text = "One of them is a person, the other an organisation."
        yield Reason(code="NOT_ALIKE", field="other", text=text)
    yield from parts.too_many(facts.holds, "other")


def _merged(one: ContactFacts, other: ContactFacts) -> ContactFacts:
    taken = {kind: value for kind, value in other.addresses if getattr(one.addresses, kind) is None}
    return one.model_copy(
        update={
            "addresses": one.addresses.model_copy(update=taken),
            "holds": parts.united((*one.holds, *other.holds)),
            "stopped": one.stopped or other.stopped,
        }
    )
