"""Any walk through the pipeline: what stands follows from the steps, and events make the same records again."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.pipeline.stages import Action, after
from services.recruitment.domain.pipeline.state import Engagement
from shared.contracts.recruitment.pipeline import FacilityRecruited, FacilityWithdrew
from shared.contracts.recruitment.steps import Stage
from shared.messaging.handling import Accepted
from tests.recruitment.desk import Desk
from tests.recruitment.pipeline.cast import HOME, TODAY, correct, desk, engagement, of_ours, of_ours_again, step

DAYS = st.sampled_from([0, 0, 0, 0, 1, 20]).map(lambda back: (TODAY - dt.timedelta(days=back)).isoformat())
STEPS = st.tuples(st.sampled_from(list(Action)), DAYS, st.none())
CORRECTIONS = st.tuples(st.just("correct"), st.none() | DAYS, st.integers(1, 6))
MEMBERS = {Stage.RECRUITED, Stage.ACTIVE, Stage.GRADUATED}


@settings(max_examples=300, deadline=None)
@given(st.lists(STEPS | CORRECTIONS, min_size=5, max_size=40))
def test_a_walk_keeps_days_in_order_memberships_true_and_can_be_made_again(
    walk: list[tuple[Action | str, str | None, int | None]],
) -> None:
    at = desk()
    for action, day, number in walk:
        command = step(action, on=day) if isinstance(action, Action) else correct(number or 1, day)
        if isinstance(at.ask(command), Accepted):
            _check(engagement(at))
            assert _heard(at) == (engagement(at).membership_id is not None)
    assert of_ours_again(at) == of_ours(at)


def _check(held: Engagement) -> None:
    standing = [one for _, one in held.standing()]
    assert [one.since for one in standing] == sorted(one.since for one in standing)
    assert held.stage == (standing[-1].stage if standing else None)
    assert (held.membership_id is not None) == (held.stage in MEMBERS)
    assert (held.recruited_on is not None) == (held.stage in MEMBERS)
    before = None
    for one in standing:
        assert one.stage in {after(before, action) for action in Action}
        before = one.stage


def _heard(at: Desk) -> bool:
    """Whether who follows the integration events takes the home for a member."""
    member = False
    for emit in at.said:
        if emit.key == HOME and isinstance(emit.event, FacilityRecruited | FacilityWithdrew):
            member = isinstance(emit.event, FacilityRecruited)
    return member
