"""What the organization's own staff and supervisors must know: time that runs out, words that did not arrive."""

from typing import Final

from services.notifications.domain.catalogue.audiences import STAFF
from services.notifications.domain.catalogue.kind import BY_MAIL_ONLY, Category, NoticeType

_DEADLINE: Final = ("case_id", "rule_id", "citation", "owed_by", "due_at")


def _title(words: str) -> dict[tuple[str, str], str]:
    return {("staff", "en"): words}


KINDS: Final = {
    "DEADLINE_APPROACHING": NoticeType(
        mandatory=(*_DEADLINE, "percent"),
        letters=STAFF,
        titles=_title("A deadline comes near"),
        category=Category.INTERNAL,
        channels=BY_MAIL_ONLY,
        gist=("rule_id", "due_at"),
        version="1",
    ),
    "DEADLINE_MISSED": NoticeType(
        mandatory=_DEADLINE,
        letters=STAFF,
        titles=_title("A deadline was missed"),
        category=Category.INTERNAL,
        channels=BY_MAIL_ONLY,
        urgent=True,
        gist=("rule_id", "due_at"),
        version="1",
    ),
    "NOTICE_OVERDUE": NoticeType(
        mandatory=("notice_id", "notice_type", "recipient_role", "due_at"),
        optional=("citation", "about", "channel"),
        letters=STAFF,
        titles=_title("A notice did not leave in time"),
        category=Category.INTERNAL,
        channels=BY_MAIL_ONLY,
        urgent=True,
        gist=("notice_type", "due_at"),
        version="1",
    ),
    "NOTICE_FAILED": NoticeType(
        mandatory=("notice_id", "notice_type", "recipient_role", "channel", "reason"),
        optional=("about",),
        letters=STAFF,
        titles=_title("A notice could not be delivered"),
        category=Category.INTERNAL,
        channels=BY_MAIL_ONLY,
        urgent=True,
        gist=("notice_type", "reason"),
        version="1",
    ),
    "DELIVERABLE_DUE": NoticeType(
        mandatory=("contract", "deliverable", "deliverable_title", "task", "due_on"),
        letters=STAFF,
        titles=_title("A deliverable is due"),
        category=Category.INTERNAL,
        channels=BY_MAIL_ONLY,
        digestible=True,
        gist=("deliverable_title", "due_on"),
        version="1",
    ),
    # Returned mail: who it went to is looked up under the ids, not told again in a mail.
    "ADDRESS_TASK": NoticeType(
        mandatory=("notice_id", "notice_type", "channel", "reason", "returned_on"),
        optional=("contact_id", "about", "due_at"),
        letters=STAFF,
        titles=_title("An address must be checked"),
        category=Category.INTERNAL,
        channels=BY_MAIL_ONLY,
        gist=("notice_type", "returned_on"),
        version="1",
    ),
    "PARTNER_HOOK_PAUSED": NoticeType(
        mandatory=("partner_id", "partner_name", "reason", "paused_on", "kept_until"),
        letters=STAFF,
        titles=_title("A partner gets no more events"),
        category=Category.INTERNAL,
        channels=BY_MAIL_ONLY,
        gist=("partner_name", "paused_on"),
        version="1",
    ),
}
