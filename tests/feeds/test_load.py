"""Loading sends every record once, writes every rejection, and its counts add up."""

from pathlib import Path

from shared.feeds.load import Rejects, load
from shared.feeds.rows import Folded, Outcome, Rejection, Row


class Sent:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.records: list[tuple[str, str, str, bytes]] = []

    async def send(self, topic: str, key: str, wire_type: str, value: bytes) -> None:
        self.records.append((topic, key, wire_type, value))


def _outcomes(count: int) -> list[Outcome]:
    made: list[Outcome] = [Row("t", str(number), "x.v1", b"{}", number == 0) for number in range(count)]
    return [*made, Rejection("a.csv", 9, "zip", "not a ZIP code"), Folded("repeated")]


async def test_records_are_sent_rejections_written_and_progress_told(tmp_path: Path) -> None:
    sent, ticks = Sent(), list[int]()
    target = tmp_path / "rejects" / "a.csv"
    with Rejects(target) as rejects:
        counts = await load(_outcomes(2_500), sent, rejects, ticks.append)
    assert [record[1] for record in sent.records] == [str(number) for number in range(2_500)]
    assert sum(ticks) == counts.read == 2_502
    assert counts.as_json() == {"read": 2502, "records": 2500, "rejected": 1, "repaired": 1, "repeated": 1}
    assert target.read_text() == "file,line,field,rule\na.csv,9,zip,not a ZIP code\n"


async def test_a_clean_reading_takes_away_the_rejects_of_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    partial = tmp_path / ".a.csv.partial"
    for outcomes, left in ((_outcomes(1), True), (_outcomes(1)[:1], False)):
        with Rejects(target) as rejects:
            await load(outcomes, Sent(), rejects, lambda _: None)
        assert target.exists() is left
        assert not partial.exists()


async def test_many_rejections_are_all_written(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    with Rejects(target) as rejects:
        await load((Rejection("a.csv", line, "zip", "bad") for line in range(3_001)), Sent(), rejects, lambda _: None)
    assert len(target.read_text().splitlines()) == 3_002
