"""The parts of the feeds about facilities as a whole: infections, scores and counts."""

import datetime as dt
from functools import partial
from pathlib import Path

from shared.feeds import counts as count_file
from shared.feeds.commands import Part
from shared.feeds.infections.files import open_infections
from shared.feeds.infections.hospital_compare import Vintage
from shared.feeds.scores.files import open_scores


def infections(path: Path, vintage: Vintage | None, today: dt.date) -> list[Part]:
    """The single part of a file of infections or surveys; raises UnusableFile."""
    return [Part(f"Infections of {path.name}", "infections", open_infections(path, vintage, today))]


def scores(path: Path, as_of: dt.date) -> list[Part]:
    """The single part of a file of scores; raises UnusableFile."""
    return [Part(f"Scores of {path.name}", "scores", open_scores(path, as_of))]


def counts(path: Path, today: dt.date) -> list[Part]:
    """The single part of a file of counts; raises UnusableFile."""
    return [Part(f"Counts of {path.name}", "counts", partial(count_file.read, count_file.open_counts(path), today))]
