"""Settles Python's garbage collector for a process that makes many short-lived values in batches."""

import gc
from typing import Final

YOUNG: Final = 100_000  # values between two collections of the young; a batch of claims makes some hundred thousand
MIDDLE: Final = 50
OLD: Final = 100


def settle() -> None:
    """Collect seldom, and leave out what was imported at the start: a third of the cost of a claim was collection.

    Call once, after imports. Cycles are still found, only later.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
