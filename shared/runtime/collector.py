"""Settles Python's garbage collector for a process that makes many short-lived values in batches."""

import gc
from typing import Final

# Net of those that are gone. Two lanes with 5,000 claims each hold some 200,000 at once, all of them needed: a lower
# limit looks through them again and again, which cost a tenth of a claim.
YOUNG: Final = 500_000
MIDDLE: Final = 10
OLD: Final = 100


def settle() -> None:
    """Collect seldom, and leave out what was imported at the start: a third of the cost of a claim was collection.

    Call once, after imports. Cycles are still found, only later.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
