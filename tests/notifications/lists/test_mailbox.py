"""A mailbox of mail that came back: each report becomes the commands that follow from it."""

from pathlib import Path

import pytest

from services.notifications.cli import list_mailbox
from services.notifications.cli.list_mailbox import Taken, commands
from services.notifications.domain.addresses.returns import Bounced, Complained, Leaving
from shared.contracts.message import Command
from shared.contracts.notifications.lists import Bounce, LeaveList, LeftBy, Reach, ReportBounce, ReportComplaint
from shared.contracts.notifications.notices import RecordReturn, ReturnReason
from tests.notifications.lists.desk import ANA, EMAIL, IDS, LINKS, LIST, NOTICE, ListDesk
from tests.notifications.lists.mails import complaint, delivery_report, original

MAIL = IDS.of(Reach.EMAIL, EMAIL)


def follows(back: Bounced | Complained | Leaving, known: bool = True) -> list[Command]:
    return list(commands(back, MAIL if known else None))


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        (Bounce.HARD, "5.1.1", ReturnReason.BAD_ADDRESS),
        (Bounce.SOFT, "5.2.2", ReturnReason.MAILBOX_FULL),
        (Bounce.SOFT, "4.2.2", ReturnReason.MAILBOX_FULL),
        (Bounce.SOFT, None, ReturnReason.OTHER),
    ],
)
def test_a_bounce_is_reported_of_the_address_and_of_the_notice_so_that_the_next_way_follows(
    kind: Bounce, status: str | None, reason: ReturnReason
) -> None:
    of_address, of_notice = follows(Bounced(NOTICE, kind, status))
    assert isinstance(of_address, ReportBounce)
    assert (of_address.address, of_address.notice, of_address.kind) == (MAIL, NOTICE, kind)
    assert isinstance(of_notice, RecordReturn)
    assert (of_notice.notice_id, of_notice.reason) == (NOTICE, reason)


def test_a_bounce_of_a_notice_whose_address_is_not_known_is_told_of_the_notice_only() -> None:
    assert [type(one) for one in follows(Bounced(NOTICE, Bounce.HARD, "5.1.1"), known=False)] == [RecordReturn]
    assert follows(Complained(NOTICE), known=False) == []


def test_a_complaint_and_a_reply_become_one_command_each() -> None:
    [complained] = follows(Complained(NOTICE))
    assert isinstance(complained, ReportComplaint)
    token = LINKS.leave(LIST, ANA).rpartition("/")[2]
    [left] = follows(Leaving(token), known=False)
    assert isinstance(left, LeaveList)
    assert left.how is LeftBy.REPLY
    desk = ListDesk.ready()
    desk.asks()
    assert desk.done(left)["changed"] is True


def test_a_mailbox_is_counted_and_each_report_in_it_asked_for(tmp_path: Path) -> None:
    box = tmp_path / "returned.mbox"
    box.write_bytes(b"".join(b"From x\r\n" + one + b"\r\n" for one in (delivery_report(), original(), complaint())))
    found = list(list_mailbox._found(box))
    taken = Taken()
    for back in found:
        taken.count(back)
    assert (taken.mails, taken.bounced, taken.complained, taken.leaving, taken.passed_over) == (3, 1, 1, 0, 1)
    rows = list(list_mailbox._rows(found, lambda _: MAIL))
    assert [(row.line, row.key) for row in rows] == [(1, str(MAIL)), (1, str(NOTICE)), (3, str(MAIL))]
