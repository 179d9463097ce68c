"""Peers: who consents, who is matched by figures, who meets, who takes consent back."""

import datetime as dt
from typing import Final

from benchmarks.year.figures import FALLS, known_quarters, tellable, value
from benchmarks.year.homes import beds
from benchmarks.year.steps import NETWORK, OFFICE, STARTED, Steps, Year, ask, command, in_vain
from services.recruitment.domain.peers.matching import Figure, Match, Peer, match
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.pairings import (
    AcceptPairing,
    DeclinePairing,
    EndPairing,
    ProposePairing,
    RecordPeerMeeting,
)
from shared.contracts.recruitment.peer_consents import RecordPeerConsent, WithdrawPeerConsent
from shared.contracts.recruitment.peer_terms import PeerScope

# What a home consents to, by its number; one in five to nothing.
_SCOPES: Final = (
    (),
    tuple(PeerScope),
    (PeerScope.LEARN_FROM_PEERS,),
    (PeerScope.LEARN_FROM_PEERS, PeerScope.TEACH_PEERS),
    tuple(PeerScope),
)


class Peers:
    """The pairings of the year."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self._withdrawn: set[str] = set()
        self._pairs: set[frozenset[str]] = set()
        self.running: dict[str, tuple[str, str]] = {}  # agreed pairings, learner and teacher
        self.agreed: dict[str, tuple[str, str]] = {}  # all that were ever agreed
        self._proposed: list[tuple[str, str, str]] = []

    def consent(self) -> Steps:
        """Four of five homes consent to something."""
        yield from ask(
            command(
                RecordPeerConsent, participant=one, scopes=_SCOPES[n % 5], given_on=STARTED, evidence="folder 7",
                signed_as="ADMINISTRATOR",
            )
            for n, one in enumerate(self._year.homes)
            if _SCOPES[n % 5]
        )  # fmt: skip

    def propose(self, day: dt.date, step: int) -> Steps:
        """Every third home is matched with the best whom it is not paired with yet."""
        here = {one: self._peer(n, one, day) for n, one in self._year.present(day)}
        commands = []
        for n, one in self._year.present(day):
            if n % 3 == step % 3:
                found = match(here[one], here.values(), higher_is_better=False)
                free = [peer for peer in found if frozenset((one, peer.participant)) not in self._pairs]
                if free:
                    self._pairs.add(frozenset((one, free[0].participant)))
                    commands.append(self._proposal(one, free[0], day))
        made = yield from ask(commands)
        self._proposed = [(one["pairing"], one["learner"], one["teacher"]) for one in made]
        unwilling = self._year.homes[5 * (1 + step)]
        against = Match(unwilling, "MA", 1, commands[0].reasons, ())
        yield from in_vain(self._year, [self._proposal(self._year.homes[1], against, day)])

    def _peer(self, number: int, home: str, day: dt.date) -> Peer:
        scopes = frozenset() if home in self._withdrawn else frozenset(_SCOPES[number % 5])
        quarters = known_quarters(day)
        now, before = (Figure(one, value(number, one), tellable(number, one)) for one in (quarters[-1], quarters[-5]))
        return Peer(home, Setting.NURSING_HOME, "MA", beds(number), before, now, scopes)

    def _proposal(self, learner: str, found: Match, day: dt.date) -> ProposePairing:
        return command(
            ProposePairing, learner=learner, teacher=found.participant, topic="FALLS", measure=FALLS, network=NETWORK,
            reasons=found.reasons, figures=found.figures, proposed_on=day, **OFFICE,
        )  # fmt: skip

    def answer(self, day: dt.date) -> Steps:
        """Three of four agree."""
        given = {"agreed_on": day, "next_step": "The two nurse managers talk on the phone in the week after"}
        no = {"declined_by": "TEACHER", "declined_on": day, "reason": "No time before spring"}
        for place, (pairing, learner, teacher) in enumerate(self._proposed):
            if place % 4 == 3:
                yield from ask([command(DeclinePairing, pairing=pairing, **no)])
            else:
                yield from ask([command(AcceptPairing, pairing=pairing, **given)])
                self.running[pairing] = self.agreed[pairing] = (learner, teacher)

    def meet(self, day: dt.date) -> Steps:
        """All of them meet."""
        yield from ask(
            command(RecordPeerMeeting, pairing=one, held_on=day, minutes=45, about="Huddles after falls")
            for one in self.running
        )

    def end(self, day: dt.date) -> Steps:
        """Every other is over."""
        over = list(self.running)[::2]
        told = {"helped": "HELPFUL", "taken_over": "Rounds at night", "reason": "What was wanted is learned"}
        yield from ask(command(EndPairing, pairing=one, ended_on=day, **told) for one in over)
        for one in over:
            del self.running[one]

    def withdraw(self, day: dt.date) -> Steps:
        """One home in twenty wants no peers any more, nor can its pairings go on."""
        here = [one for n, one in enumerate(self._year.homes) if n % 20 == 1]
        yield from ask(
            command(WithdrawPeerConsent, participant=one, withdrawn_on=day, reason="A new owner") for one in here
        )
        self._withdrawn.update(here)
        self.running = {name: two for name, two in self.running.items() if not self._withdrawn & {*two}}
