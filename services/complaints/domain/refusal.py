"""Why a request is refused: codes for machines, sentences for people, the rule's source; never a value."""

import datetime as dt

from shared.contracts.replies import Reason

# Two clocks are never quite alike; what is more than this ahead of ours is in the future.
CLOCK_SKEW = dt.timedelta(seconds=60)


class Refusal(ValueError):  # noqa: N818 - an answer to the caller, not a defect
    """The request is refused for these reasons and nothing changes."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(" ".join(reason.code for reason in reasons))
        self.reasons = reasons


def check_instant(
    field: str, at: dt.datetime, *, now: dt.datetime, citation: str, since: dt.datetime | None = None, after: str = ""
) -> dt.datetime:
    """``at`` in UTC; refuses a time without zone, in the future, or before ``since`` (named by ``after``)."""
    if at.tzinfo is None:
        text = "The time has no time zone; give it as 2026-07-04T23:40-05:00."
        raise Refusal(Reason(code="TIME_WITHOUT_ZONE", field=field, text=text, citation=citation))
    if at > now + CLOCK_SKEW:
        text = "The time is in the future."
        raise Refusal(Reason(code="TIME_IN_FUTURE", field=field, text=text, citation=citation))
    if since is not None and at < since:
        text = f"The time is before {after}."
        raise Refusal(Reason(code="TIME_OUT_OF_ORDER", field=field, text=text, citation=citation))
    return at.astimezone(dt.UTC)
