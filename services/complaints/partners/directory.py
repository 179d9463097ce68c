"""Which partner a party of a case is: by the number it answers for, a MAC by the state of service."""

from collections.abc import Iterable

from services.complaints.domain.case import Case
from shared.contracts.complaints import CaseContact, CaseParty, Role
from shared.runtime.partners import Partner


class Directory:
    """The configured partners by what they answer for."""

    def __init__(self, partners: Iterable[Partner]) -> None:
        self.partners = tuple(partners)
        self._numbers = {(one.kind, number): one for one in self.partners for number in one.numbers}
        self._macs = {state: one for one in self.partners for state in one.states}

    def of(self, case: Case, role: Role) -> Partner | None:
        """The partner that is this party; practitioners, patients and authorities are none."""
        if role is Role.MAC:
            return self._macs.get(case.facility.state)
        if role is Role.PROVIDER:
            return self._numbers.get(("provider", case.facility.ccn))
        if role is Role.PLAN:
            party = next((party for party in case.sealed.parties if party.role is role), None)
            return self._numbers.get(("plan", party.id)) if party is not None and party.id is not None else None
        return None

    def has(self, case: Case, partner: Partner) -> bool:
        """Whether the partner is a party of the case."""
        return any(self.of(case, role) == partner for role in (Role.PROVIDER, Role.PLAN, Role.MAC))

    def parties(self, ccn: str, state: str) -> tuple[CaseParty, ...]:
        """Those who answer for a provider of this number in this state, as parties of a case."""
        found = ((Role.PROVIDER, self._numbers.get(("provider", ccn))), (Role.MAC, self._macs.get(state)))
        return tuple(
            CaseParty(role=role, contact=CaseContact(name=one.name), id=ccn if role is Role.PROVIDER else one.id)
            for role, one in found
            if one is not None
        )
