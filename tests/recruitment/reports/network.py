"""A small network whose sums are counted by hand: six homes, one coalition, one contract, one target.

Massachusetts has four homes, of which one closed on 1 March 2015; Florida and Colorado have one each. Recruited were
225009 in September and 225010 in October 2014 (which withdrew on 1 March 2015), 225011 on 2 February 2015 and Florida's
on 1 January 2015. The contract for Massachusetts and New Hampshire asked for three reports up to 6 March 2015: one met,
one met late, one overdue; a fourth is due later and a fifth is for another task.
"""

import datetime as dt

from services.recruitment.domain.participants.editions import edition
from services.recruitment.domain.participants.editions import listed as listed_event
from shared.contracts.message import Event
from shared.contracts.recruitment.coalition_terms import Item
from shared.contracts.recruitment.pipeline_commands import WithdrawParticipant
from tests.recruitment.coalitions.cast import desk, form, record
from tests.recruitment.desk import Desk
from tests.recruitment.people.cast import NETWORK
from tests.recruitment.program.asking import award, require, submit
from tests.recruitment.support import enroll, listed
from tests.recruitment.targets.test_setting import target

HOMES = {"225009": "MA", "225010": "MA", "225011": "MA", "225012": "MA", "105001": "FL", "065001": "CO"}
REPORTS = {"report-1": "2015-01-31", "report-2": "2015-02-15", "report-3": "2015-03-01", "report-4": "2015-03-31"}


def homes() -> list[Event]:
    """The six homes are listed."""
    listings = [listed(ccn, state=state) for ccn, state in HOMES.items()]
    return [listed_event(one, edition(one)) for one in listings]


def network() -> Desk:
    """The network on 6 March 2015."""
    at = desk()
    at.has(*homes())
    for ccn, day in (("225009", "2014-09-01"), ("225010", "2014-10-01"), ("105001", "2015-01-01")):
        at.done(enroll(ccn=ccn, recruited_on=day))
    at.done(enroll(ccn="225011", recruited_on="2015-02-02"))
    at.done(
        WithdrawParticipant.model_validate(
            {"actor": "t", "participant": "225010", "collaborative": "NNHQCC", "on": "2015-03-01", "reason": "Sold"}
        )
    )
    key = "participant:225012"
    at.records[key] = at.records[key].model_copy(update={"closed_on": dt.date(2015, 3, 1)})
    at.done(target(area="MA", starts_on="2014-10-01", ends_on="2015-09-30", share_percent=None, number=3))
    at.done(target(area="US", starts_on="2014-08-01", ends_on="2015-07-31", share_percent=50))
    at.done(award(qio=NETWORK, states=("MA", "NH")))
    for name, due in REPORTS.items():
        at.done(require(deliverable=name, title=name.title(), due_on=due))
    at.done(require(deliverable="coalitions", title="Coalitions", due_on="2015-02-01", task="C.3"))
    at.done(submit("2015-01-30", "report-1"))
    at.done(submit("2015-02-20", "report-2"))
    return with_coalition(at)


def with_coalition(at: Desk) -> Desk:
    """A coalition for C.3 that has a charter and a lead."""
    at.done(form())
    at.done(record(Item.CHARTER, "2015-01-15"))
    at.done(record(Item.LEAD, "2015-02-20"))
    return at
