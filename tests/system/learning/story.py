"""The story as a QIO's staff plays it, command by command; what it leaves is checked by the test."""

import asyncio
import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from shared.runtime.clock import utc_now
from tests.support.operating import asked
from tests.support.platform import Trial, until
from tests.system.learning import files
from tests.system.learning.files import ELM, MEMBERS, NAMES, OAK, TOWN, ZIPS

COHORT: Final = "nnhqcc.c1"
MEASURE: Final = "entered-staff-stability"
# One session was held and is recorded afterwards; to the next one the cohort is invited.
HELD_AT: Final = dt.datetime(2016, 5, 10, 14, tzinfo=files.ZONE)
_AHEAD: Final = dt.timedelta(days=30)
_DESK: Final = ("--office", "Quality desk", "--phone", "555-010-0100")
_EVIDENCE: Final = "own_figures|archive/elm-2015|A home's own figures over a year."
INVITED: Final = "An invitation to a learning session"


@dataclass
class Story:
    """``made`` is what commands answered, by a word for each."""

    trial: Trial
    folder: Path
    made: dict[str, Any] = field(default_factory=dict)

    async def qio(self, *arguments: str, status: int = 0) -> Any:
        """What a command says in JSON, or its errors where another status is wanted."""
        found, out, errors = await asked(self.trial, *arguments, "--json")
        assert found == status, (arguments, found, errors, out)
        return errors if status else json.loads(out)

    async def play(self) -> None:
        """Everything, in this order."""
        await self.begin()
        await self.recruit()
        await self.gather()
        await self.work_together()
        await self.learn()
        await self.pair()
        await self.spread()
        await self.meet()

    async def begin(self) -> None:
        """The list of homes, whom they are reached by, staff, and a community over ZIP codes."""
        staff = ("--profession", "nurse", "--role", "adviser", "--state", "VA", "--since", "2014-08-01")
        zips = (part for code in ZIPS for part in ("--zip", code))
        await self.qio("feed", "nursing-homes", str(files.homes(self.folder)), "--as-of", "2014-08-01")
        await self.qio("contacts", "import", str(files.contacts(self.folder)), "--source", "crm")
        await self.qio("program", "staff", "add", "ida", "--name", "Ida Example", *staff)
        await self.qio("program", "staff", "add", "ben", "--name", "Ben Example", *staff)
        await self.qio("community", "define", TOWN.name, "--id", TOWN.id, *zips, "--from", "2014-01-01")
        await self.trial.quiet()

    async def recruit(self) -> None:
        """A home of one star is invited, step by step; the others of the cohort are recruited from a file."""
        here = (ELM, "--collaborative", "NNHQCC")
        letter = ("--task", "C.2", "--contact-email", "administrator@elm.example")
        await self.qio("recruit", "invite", *here, "--on", "2014-09-15", *letter)
        await self.qio("recruit", "interested", *here, "--on", "2014-10-01")
        signed = ("--signed-by", "ADMINISTRATOR", "--version", "2014-08", "--signed-on", "2014-10-20")
        await self.qio("recruit", "commit", *here, *signed, "--task", "C.2")
        self.made["recruited"] = await self.qio("recruit", "enroll", *here, "--on", "2014-11-03")
        bulk = ("recruit", "bulk", str(files.recruits(self.folder)), "--collaborative", "NNHQCC")
        self.made["bulk"] = await self.qio(*bulk)

    async def gather(self) -> None:
        """The network begins, with a cohort; it is invited to a session, by a service that is started anew."""
        await self.qio("network", "establish", "--as", "nnhqcc", "--on", "2014-09-01")
        cohort = ("nnhqcc", "1", "Cohort 1", "--focus", "STAFF_STABILITY", "--on", "2014-12-01")
        await self.qio("network", "cohort", "open", *cohort)
        self.made["joined"] = await self.qio("network", "cohort", "join-file", COHORT, str(files.joins(self.folder)))
        session = self.made["session"] = await self.plan("Staff that stays, again", utc_now() + _AHEAD)
        assert (await self.qio("network", "session", "open", session))["invites"] is True
        await self.trial.start("recruitment")
        await self.trial.ready("recruitment")
        await until(lambda: self._invited() == len(MEMBERS), "the cohort to be invited")

    async def plan(self, title: str, starts_at: dt.datetime) -> str:
        """A session of an hour online, planned; its id."""
        starts_at = starts_at.replace(microsecond=0)
        ends_at = starts_at + dt.timedelta(hours=1)
        planned = await self.qio(
            *("network", "session", "plan", "nnhqcc", title, "--cohort", COHORT, "--agenda", "What Elm did"),
            *("--starts", starts_at.isoformat(), "--ends", ends_at.isoformat(), "--zone", files.ZONE.key),
            *("--link", "https://meet.example/staff", *_DESK),
        )
        return str(planned["session"])

    def _invited(self) -> int:
        return sum(mail["subject"] == INVITED for mail in self.trial.mails())

    async def work_together(self) -> None:
        """A coalition over the community wants fewer stays, and intervenes; measures hear of four years."""
        members = ("--convener", MEMBERS[2], "--member", ELM, "--member", OAK)
        formed = ("--task", "C.2", "--on", "2014-10-01", *members)
        self.made["coalition"] = await self.qio("community", "coalition", "form", TOWN.id, *formed)
        self.made["intervention"] = await self.qio(
            *("community", "intervention", "start", TOWN.id, "Calls after discharge", "--unit", "calls"),
            *("--kind", "FOLLOW_UP_AFTER_DISCHARGE", "--setting", "HOSPITAL", "--measure", "hospitalizations"),
            *("--on", "2015-01-01"),
        )
        (self.folder / "people").mkdir()
        sample = await asyncio.to_thread(files.people, self.folder / "people")
        await self.qio("feed", "sample", str(sample))
        await self.trial.quiet()

    async def learn(self) -> None:
        """Elm tests a change on a small scale; it becomes a practice with evidence, and the cohort is told of it."""
        aim = ("--aim", "Fewer leave.", "--prediction", "Half as many.", "--on", "2015-01-12")
        planned = await self.qio("network", "test", "plan", COHORT, ELM, "STAFF_STABILITY", *aim)
        test = planned["test"]
        await self.qio("network", "test", "do", test, "Rosters were made together.", "--on", "2015-02-02")
        seen = ("--value", f"{MEASURE}=75", "--on", "2015-03-02")
        await self.qio("network", "test", "study", test, "Who plans together stays.", *seen)
        await self.qio("network", "test", "act", test, "ADOPT", "--reason", "It worked.", "--on", "2015-03-09")
        await self.qio("network", "test", "share", test, "--said-by", "ADMINISTRATOR", "--on", "2015-03-16")
        draft = await self.qio(
            *("network", "practice", "draft", "nnhqcc", "Rosters made together", "STAFF_STABILITY", "--author", "ida"),
            *("--summary", "Aides make the roster together.", "--measure", MEASURE, "--on", "2015-11-02"),
            *("--evidence", _EVIDENCE, "--origin", ELM, "--since", "2015-03-09", "--test", test),
        )
        practice = self.made["practice"] = draft["practice"]
        sound = ("--reviewer", "ben", "--judgement", "Sound.", "--on", "2015-11-09")
        await self.qio("network", "practice", "review", practice, *sound)
        await self.qio("network", "practice", "publish", practice, "--on", "2015-11-16")
        share = ("network", "practice", "share", practice, "--cohort", COHORT, *_DESK)
        self.made["shared"] = [await self.qio(*share, "--on", "2015-12-01") for _ in range(2)]

    async def pair(self) -> None:
        """Oak learns from Elm once both have consented, and not before."""
        match = ("network", "match", OAK, "--topic", "STAFF_STABILITY")
        propose = ("network", "pairing", "propose", OAK, ELM, "Alike.", "--topic", "STAFF_STABILITY", *_DESK)
        signed = ("--evidence", "archive/consents", "--signed-as", "ADMINISTRATOR", "--on", "2015-12-14")
        consents = {ELM: "teach-peers,share-figures,share-address", OAK: "learn-from-peers"}
        self.made["refused"] = []
        for home, scopes in reversed(consents.items()):
            self.made["refused"].append(await self.qio(*propose, "--on", "2016-01-11", status=1))
            await self.qio("network", "consent", "give", home, "--scope", scopes, *signed)
        self.made["match"] = await self.qio(*match)
        with_best = ("--propose", "--network", "nnhqcc", *_DESK, "--on", "2016-01-11")
        pairing = self.made["pairing"] = (await self.qio(*match, *with_best))["pairing"]
        agreed = ("network", "pairing", "agree", pairing, "Elm calls Oak.", "--on", "2016-01-18")
        self.made["agreed"] = await self.qio(*agreed)
        await self.qio(
            "network", "pairing", "meeting", pairing, "How rosters are made.", "--minutes", "60", "--on", "2016-02-01"
        )

    async def spread(self) -> None:
        """Oak takes the practice up, and does better in the year after."""
        heard = ("--heard", "PAIRING", "--from", ELM, "--pairing", self.made["pairing"], "--on", "2016-02-08")
        practice = self.made["practice"]
        await self.qio("network", "spread", "try", practice, OAK, *heard)
        kept = ("--reason", "It works here too.", "--evidence", _EVIDENCE, "--on", "2016-04-04")
        await self.qio("network", "spread", "adopt", practice, OAK, *kept)
        await self.qio("feed", "counts", str(files.stability(self.folder, 2016, 2016)))
        await self.trial.quiet()

    async def meet(self) -> None:
        """A session was held, and its webinar tells who came; both homes register for the next one and get a pack."""
        held = await self.plan("Staff that stays", HELD_AT)
        await self.qio("network", "session", "open", held)
        await self.qio("network", "session", "held", held)
        export = files.export(self.folder, HELD_AT, {ELM: 60, OAK: 45, MEMBERS[4]: 30})
        self.made["attendance"] = await self.qio("network", "attendance", "import", held, str(export))
        session = self.made["session"]
        for home in NAMES:
            await self.qio("network", "session", "register", session, home, "--mode", "ONLINE", "--people", "2")
        pack = ("network", "session-pack", session, "-o", str(self.folder / "packs"))
        self.made["pack"] = await self.qio(*pack)
        await self.trial.quiet()

    async def report(self) -> Any:
        """What CMS is told of Task C.2."""
        days = ("--from", "2014-09-01", "--to", utc_now().date().isoformat())
        return await self.qio("program", "report", "--task", "C.2", *days)
