"""The report on a task: sums that are known by hand."""

import csv
import datetime as dt
import io

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.communities.state import Community
from services.recruitment.domain.program.kinds import QIO_CONTRACT
from services.recruitment.domain.program.state import Deliverable
from services.recruitment.domain.reports import telling, telling_learning
from services.recruitment.domain.reports.participation import Members
from services.recruitment.domain.reports.tasks import (
    Scope,
    deliverables,
    infrastructure,
    recruitment,
    states_of_areas,
)
from services.recruitment.domain.targets.state import RecruitmentTarget
from shared.contracts.recruitment.coalition_terms import Item
from shared.contracts.recruitment.communities import DissolveCommunity
from tests.recruitment.coalitions.cast import PLACE, end, form, record, reopen
from tests.recruitment.desk import Desk
from tests.recruitment.program.asking import NUMBER
from tests.recruitment.reports.network import network

LAST = dt.date(2015, 3, 6)
ZIPS = {"02139": "MA", "02140": "MA", "10001": "NY"}
ELIGIBLE = {"MA": 3, "FL": 1, "CO": 1}
MEMBERS = (
    Members("MA", dt.date(2014, 9, 1), True, 1),
    Members("MA", dt.date(2015, 2, 2), True, 1),
    Members("MA", dt.date(2015, 2, 2), False, 2),
    Members("FL", dt.date(2015, 1, 1), True, 1),
)


def scope(*states: str, first: str = "2015-01-01", last: dt.date = LAST) -> Scope:
    return Scope(frozenset(states), dt.date.fromisoformat(first), last)


def targets() -> list[RecruitmentTarget]:
    return [one for one in network().records.values() if isinstance(one, RecruitmentTarget)]


def test_recruited_are_those_of_the_time_and_members_those_who_could_still_be() -> None:
    found = recruitment(scope("MA", "FL", "NH"), "NNHQCC", ELIGIBLE, MEMBERS, ())
    assert [(one.state, one.eligible, one.members, one.recruited) for one in found.states] == [
        ("FL", 1, 1, 1),
        ("MA", 3, 2, 3),
    ]


def test_a_target_counts_over_its_own_period_where_its_whole_area_is_reported() -> None:
    found = recruitment(scope("MA", "FL"), "NNHQCC", ELIGIBLE, MEMBERS, targets())
    assert [(one.target.area, one.wanted, one.recruited, one.missing) for one in found.targets] == [("MA", 3, 3, 0)]
    assert recruitment(scope("MA"), "PSPC", ELIGIBLE, MEMBERS, targets()).targets == ()
    later = scope("MA", first="2015-10-01", last=dt.date(2015, 12, 31))
    assert recruitment(later, "NNHQCC", ELIGIBLE, MEMBERS, targets()).targets == ()


def test_infrastructure_is_done_by_the_evidence_up_to_the_last_day() -> None:
    at = network()
    coalition = at.held(COALITION, PLACE)
    known = {PLACE: at.held(COMMUNITY, PLACE)}
    (found,) = infrastructure(scope("MA"), "C.3", [coalition], known, ZIPS)
    assert (found.states, found.members, [one.value for one in found.done]) == (("MA",), 3, ["CHARTER", "LEAD"])
    assert not found.complete
    (earlier,) = infrastructure(scope("MA", last=dt.date(2015, 2, 19)), "C.3", [coalition], known, ZIPS)
    assert [one.value for one in earlier.done] == ["CHARTER"]
    assert infrastructure(scope("NY"), "C.3", [coalition], known, ZIPS) == ()
    assert (
        infrastructure(scope("MA", first="2014-01-01", last=dt.date(2014, 11, 30)), "C.3", [coalition], known, ZIPS)
        == ()
    )


def ended(at: Desk, on: dt.date) -> tuple[Coalition, dict[str, Community]]:
    """The coalition ended, and its community was dissolved some days later."""
    at.done(end(on=on.isoformat()))
    later = (on + dt.timedelta(days=5)).isoformat()
    at.now = dt.datetime(2015, 6, 1, 12, tzinfo=dt.UTC)
    at.done(DissolveCommunity.model_validate({"actor": "t", "community": PLACE, "on": later, "reason": "Moved"}))
    return at.held(COALITION, PLACE), {PLACE: at.held(COMMUNITY, PLACE)}


def test_a_coalition_that_ended_is_reported_for_the_time_it_worked_also_when_its_community_is_no_more() -> None:
    coalition, known = ended(network(), dt.date(2015, 3, 5))
    (within,) = infrastructure(scope("MA"), "C.3", [coalition], known, ZIPS)
    assert (within.ended_on, within.states, within.members) == (dt.date(2015, 3, 5), ("MA",), 3)
    assert [one.value for one in within.done] == ["CHARTER", "LEAD"]
    (before,) = infrastructure(scope("MA", last=dt.date(2015, 3, 4)), "C.3", [coalition], known, ZIPS)
    assert (before.ended_on, before.states, before.done) == (None, ("MA",), within.done)
    assert infrastructure(scope("MA", first="2015-03-05"), "C.3", [coalition], known, ZIPS) == ()
    told = telling.infrastructure((within,))
    assert (told["coalitions"], told["ended"], told["complete"], told["items"]["CHARTER"]) == (0, 1, 0, 0)


def test_the_coalition_before_the_present_one_is_reported_for_its_time_and_task() -> None:
    at = network()
    at.done(end(on="2015-03-01"))
    at.done(form(formed_on="2015-03-03"))
    coalition, known = at.held(COALITION, PLACE), {PLACE: at.held(COMMUNITY, PLACE)}
    found = infrastructure(scope("MA"), "C.3", [coalition], known, ZIPS)
    assert [(one.number, one.ended_on) for one in found] == [(1, dt.date(2015, 3, 1)), (2, None)]
    assert [[one.value for one in each.done] for each in found] == [["CHARTER", "LEAD"], []]
    assert infrastructure(scope("MA"), "C.1", [coalition], known, ZIPS) == ()


def test_a_former_coalition_whose_members_were_not_kept_is_said_to_be_so() -> None:
    at = network()
    at.done(end(on="2015-03-01"))
    at.done(form(formed_on="2015-03-03"))
    coalition = at.held(COALITION, PLACE)
    short = coalition.former[0].model_copy(update={"members": {}, "infrastructure": {}})
    bare = coalition.model_copy(update={"former": (short,)})
    found = infrastructure(scope("MA"), "C.3", [bare], {PLACE: at.held(COMMUNITY, PLACE)}, ZIPS)
    assert [one["kept"] for one in telling.infrastructure(found)["list"]] == [False, True]


def test_what_was_reopened_since_was_done_on_the_day_of_the_report() -> None:
    at = network()
    at.done(reopen(Item.CHARTER, "2015-03-02"))
    at.done(record(Item.CHARTER, "2015-03-04"))
    coalition, known = at.held(COALITION, PLACE), {PLACE: at.held(COMMUNITY, PLACE)}

    def done(day: int) -> bool:
        (found,) = infrastructure(scope("MA", last=dt.date(2015, 3, day)), "C.3", [coalition], known, ZIPS)
        return Item.CHARTER in found.done

    assert [done(day) for day in (1, 2, 3, 4)] == [True, False, False, True]
    assert at.again()[COALITION.key(PLACE)] == coalition


def test_areas_lie_in_the_states_of_their_zip_codes_and_ssa_counties() -> None:
    assert states_of_areas(("zip:02139", "zip:10001", "ssa:10120", "zip:99999"), ZIPS) == ("FL", "MA", "NY")


def test_deliverables_are_those_due_in_the_time_and_how_they_stood_on_the_last_day() -> None:
    at = network()
    contracts = {NUMBER: at.held(QIO_CONTRACT, NUMBER)}
    asked = [one for one in at.records.values() if isinstance(one, Deliverable) and one.task == "C.2"]
    found = deliverables(scope("MA"), contracts, asked)
    assert [(one.deliverable, one.status) for one in found] == [
        ("report-1", "MET"),
        ("report-2", "MET_LATE"),
        ("report-3", "OVERDUE"),
    ]
    told = telling.deliverables(found)
    assert (told["due"], told["by_status"]) == (3, {"MET": 1, "MET_LATE": 1, "DUE": 0, "OVERDUE": 1, "WAIVED": 0})
    assert deliverables(scope("FL"), contracts, asked) == ()
    assert [one.deliverable for one in deliverables(scope("NH", first="2015-02-15"), contracts, asked)] == [
        "report-2",
        "report-3",
    ]


def test_the_table_has_a_line_for_each_target_state_item_and_deliverable() -> None:
    at = network()
    found = recruitment(scope("MA", "FL"), "NNHQCC", ELIGIBLE, MEMBERS, targets())
    built = infrastructure(scope("MA"), "C.3", [at.held(COALITION, PLACE)], {PLACE: at.held(COMMUNITY, PLACE)}, ZIPS)
    asked = [one for one in at.records.values() if isinstance(one, Deliverable) and one.task == "C.2"]
    due = deliverables(scope("MA"), {NUMBER: at.held(QIO_CONTRACT, NUMBER)}, asked)
    report = {
        "from": "2015-01-01",
        "to": "2015-03-06",
        "recruitment": [telling.recruitment(found)],
        "infrastructure": telling.infrastructure(built),
        "deliverables": telling.deliverables(due),
        "learning": telling_learning.learning([], [], [], []),
    }
    rows = list(csv.DictReader(io.StringIO(telling.csv_of(report))))
    told = [(row["section"], row["area"], row["asked"], row["done"], row["status"]) for row in rows]
    assert told[:3] == [
        ("target", "MA", "3", "3", "MET"),
        ("recruited", "FL", "1", "1", ""),
        ("recruited", "MA", "3", "3", ""),
    ]
    assert [row["item"] for row in rows if row["section"] == "infrastructure" and row["done"] == "1"] == [
        "CHARTER",
        "LEAD",
    ]
    assert [row["status"] for row in rows if row["section"] == "deliverable"] == ["MET", "MET_LATE", "OVERDUE"]
