"""Plays a round of work under a fault, and holds what it did against a round without one."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine

from shared.cli.ask import Line
from tests.faults import evidence, workload
from tests.faults.evidence import Findings
from tests.faults.workload import Round
from tests.support.platform import Trial, until_async

Fault = Callable[[], Coroutine[None, None, float]]


class Rounds:
    """Rounds on one platform. The first is calm; what it adds to the state is what every other must add."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.played: list[Round] = []
        self._calm: dict[str, int] | None = None
        self._number = 0

    def fresh(self) -> Round:
        """The next round's facts; whoever plays it in part only keeps it out of the comparison."""
        work = workload.new_round(self._number)
        self._number += 1
        return work

    async def calm(self) -> dict[str, int]:
        """What a round without a fault adds; played the first time somebody asks."""
        if self._calm is None:
            self._calm, _ = await self._play(_nothing)
        return self._calm

    async def under(self, fault: Fault, *, mail_may_repeat: bool = False) -> tuple[Findings, float]:
        """Play a round while ``fault`` happens; fails unless the end is that of a calm round.

        ``fault`` returns the monotonic time from which the seconds of recovery count. ``mail_may_repeat``: the sender's
        process dies in it, and what it had mailed and not yet recorded comes again under the same Message-ID.
        """
        calm = await self.calm()
        mails = len(self.trial.mails())
        added, began = await self._play(fault)
        seconds = time.monotonic() - began
        found = await evidence.look(self.trial)
        assert (found.lost, found.double, found.dead_letters, found.broken) == (0, 0, 0, [])
        assert added == calm
        came = [(mail["message_id"], mail["subject"]) for mail in self.trial.mails()[mails:]]
        assert len(set(came)) == _notices(added), (came, added)
        assert mail_may_repeat or len(came) == len(set(came)), came
        assert await evidence.wrong_results(self.trial, self.played) == []
        return found, seconds

    async def _play(self, fault: Fault) -> tuple[dict[str, int], float]:
        before = await evidence.state(self.trial)
        work = self.fresh()
        async with asyncio.TaskGroup() as group, Line(self.trial.settings) as line:
            hurt = group.create_task(fault())
            await workload.play(self.trial, line, work)
            began = await hurt
        await self.trial.quiet()
        self.played.append(work)
        after: Counter[str] = await evidence.state(self.trial)
        after.subtract(before)
        return {name: n for name, n in after.items() if n}, began

    async def unchanged_by(self, deed: Fault) -> tuple[Findings, float]:
        """Do something that may have no effect at all; fails when it had one."""
        before = await evidence.state(self.trial)
        mails = len(self.trial.mails())
        began = await deed()
        await self.trial.quiet()
        seconds = time.monotonic() - began
        found = await evidence.look(self.trial)
        assert (found.lost, found.double, found.dead_letters, found.broken) == (0, 0, 0, [])
        assert await evidence.state(self.trial) == before
        assert len(self.trial.mails()) == mails
        return found, seconds


async def _nothing() -> float:
    return time.monotonic()


def _notices(added: dict[str, int]) -> int:
    return sum(n for name, n in added.items() if name.startswith("notifications: notices") and name.endswith("SENT"))


async def flowing(trial: Trial) -> None:
    """Wait until the round is in full course: some commands are answered, more follow."""
    answered = "SELECT count(*) FROM command_reply"
    before = await trial.value("complaints", answered)
    await until_async(lambda: trial.holds("complaints", f"SELECT ({answered}) > $1", before + 2), "answers")
