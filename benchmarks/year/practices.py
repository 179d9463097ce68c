"""Practices that grew out of tests of change, and how they spread."""

import datetime as dt
from typing import Any, Final

from benchmarks.year.figures import FALLS
from benchmarks.year.peers import Peers
from benchmarks.year.steps import NETWORK, OFFICE, Steps, Year, ask, command, in_vain
from benchmarks.year.trials import Trials
from shared.contracts.recruitment.adoptions import AbandonPractice, AdoptPractice, TryPractice
from shared.contracts.recruitment.practice_commands import (
    DraftPractice,
    PublishPractice,
    ReviewPractice,
    SharePractice,
)

TITLES: Final = ("Huddle after each fall", "Rounds each hour at night", "A list at the bed of who needs two")
_EVIDENCE: Final = {"kind": "OWN_FIGURES", "kept_at": "archive/falls/chart", "strength": "Fewer falls in twelve weeks."}


class Practices:
    """The practices of the year, each with who tries it since when."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self.origins: dict[str, str] = {}
        self._trying: dict[str, dict[str, dt.date]] = {}
        self._adopted: list[tuple[str, str]] = []

    def publish(self, day: dt.date, trials: Trials) -> Steps:
        """The first three homes that keep and share a change have theirs written down; one lacks evidence."""
        for title, (number, test) in zip(TITLES, trials.kept().items(), strict=False):
            origin = {"participant": self._year.homes[number], "since": trials.acted_on, "test": test}
            practice = yield from self._reviewed(title, day, origin, [_EVIDENCE])
            yield from ask([command(PublishPractice, practice=practice, published_on=day)])
            self.origins[practice], self._trying[practice] = self._year.homes[number], {}
        practice = yield from self._reviewed("Said to work", day, None, [])
        yield from in_vain(self._year, [command(PublishPractice, practice=practice, published_on=day)])

    def _reviewed(self, title: str, day: dt.date, origin: dict[str, Any] | None, evidence: list[dict[str, str]]) -> Any:
        made = yield from ask([command(
            DraftPractice, network=NETWORK, title=title, topic="FALLS", measures=[FALLS],
            summary="What to do, and who.", evidence=evidence, author="ida", drafted_on=day, origin=origin,
        )])  # fmt: skip
        practice: str = made[0]["practice"]
        yield from ask([command(
            ReviewPractice, practice=practice, reviewed_by="ben", reviewed_on=day, judgement="Sound, and not dear.",
        )])  # fmt: skip
        return practice

    def tell(self, day: dt.date) -> Steps:
        """Everybody in the cohort is written to."""
        here = [one for _, one in self._year.present(day)]
        yield from ask(
            command(SharePractice, practice=one, participants=here, shared_on=day, **OFFICE) for one in self.origins
        )

    def hear_from_notice(self, day: dt.date) -> Steps:
        """One in seven tries what the notice says."""
        for place, practice in enumerate(self.origins):
            who = [one for n, one in self._year.present(day) if n % 7 == 1 + place]
            yield from self._try(practice, {one: {"way": "NOTICE"} for one in who}, day)

    def hear_from_peers(self, day: dt.date, peers: Peers) -> Steps:
        """Learners of who tries it, through their pairing; then a neighbour of each, by itself."""
        for practice in self.origins:
            trying = {*self._trying[practice], self.origins[practice]}
            paired = {
                learner: {"way": "PAIRING", "participant": teacher, "pairing": name}
                for name, (learner, teacher) in peers.agreed.items()
                if teacher in trying and learner not in trying
            }
            yield from self._try(practice, paired, day)
            homes = self._year.homes
            free = [n for n in range(1, len(homes)) if n % 5 == 2 and homes[n] not in self._trying[practice]]
            near = {homes[n]: homes[n - 1] for n in free if homes[n - 1] in self._trying[practice]}
            yield from self._try(practice, {one: {"way": "PEER", "participant": of} for one, of in near.items()}, day)

    def hear_in_session(self, day: dt.date, session: str) -> Steps:
        """Some of those who came to a session."""
        came = self._year.came[session]
        for place, practice in enumerate(self.origins):
            who = [one for n, one in self._year.present(day) if n % 11 == place and one in came]
            yield from self._try(practice, {one: {"way": "SESSION", "session": session} for one in who}, day)

    def _try(self, practice: str, who: dict[str, dict[str, str]], day: dt.date) -> Steps:
        """Whoever is new to it and is not its origin."""
        known = {*self._trying[practice], self.origins[practice]}
        new = {one: heard for one, heard in who.items() if one not in known and one not in self._year.gone}
        yield from ask(
            command(TryPractice, practice=practice, participant=one, heard=heard, since=day)
            for one, heard in new.items()
        )
        self._trying[practice].update(dict.fromkeys(new, day))

    def adopt(self, day: dt.date) -> Steps:
        """Three of four who have tried it for a month keep it."""
        month = dt.timedelta(days=28)
        for practice, trying in self._trying.items():
            long = [one for one, since in trying.items() if since + month <= day]
            some = [one for one in long if int(one[3:]) % 4 and (practice, one) not in self._adopted]
            told = {"adopted_on": day, "evidence": _EVIDENCE, "reason": "It held through a bad week."}
            yield from ask(command(AdoptPractice, practice=practice, participant=one, **told) for one in some)
            self._adopted += [(practice, one) for one in some]

    def give_up(self, day: dt.date) -> Steps:
        """One in nine of those who adopted gives it up."""
        yield from ask(
            command(AbandonPractice, practice=one, participant=home, abandoned_on=day, reason="Too few hands at night.")
            for one, home in self._adopted[::9]
        )
