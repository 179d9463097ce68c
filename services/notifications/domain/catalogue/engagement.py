"""The voice of patients and families, and what comes back to them; mailing lists of whoever asked to be on them."""

from typing import Final

from services.notifications.domain.catalogue.audiences import EVERYONE, PEOPLE
from services.notifications.domain.catalogue.kind import (
    BY_ANY,
    BY_LETTER,
    BY_MAIL_ONLY,
    Category,
    NoticeType,
    network_titles,
)
from services.notifications.domain.catalogue.learning import DESK

KINDS: Final = {
    # Double opt-in: the only mail to somebody who is not on the list yet.
    "LIST_CONFIRM": NoticeType(
        mandatory=(*DESK, "list_name", "confirm_url", "valid_until"),
        letters=EVERYONE,
        titles=network_titles(
            "Please confirm: mailing list", "Please say yes: mailing list", "Por favor confirme: lista de correo"
        ),
        category=Category.LIST,
        channels=BY_MAIL_ONLY,
        version="1",
    ),
    "LIST_UPDATE": NoticeType(
        mandatory=(*DESK, "list_name", "heading", "words", "leave_url"),
        optional=("link",),
        letters=EVERYONE,
        titles=network_titles("News of a mailing list", "News from your list", "Noticias de su lista"),
        category=Category.LIST,
        channels=BY_MAIL_ONLY,
        digestible=True,
        gist=("list_name", "heading"),
        headline="heading",
        shareable=True,
        version="1",
    ),
    "SURVEY_INVITATION": NoticeType(
        mandatory=(*DESK, "case_id", "survey_code", "answer_by"),
        optional=("survey_url",),
        letters={"beneficiary": "person", "representative": "person"},
        titles=network_titles("", "How did we do? Please tell us", "¿Cómo le atendimos? Cuéntenos, por favor"),
        category=Category.SURVEY,
        channels=BY_LETTER,
        version="1",
    ),
    "STORY_THANKS": NoticeType(
        mandatory=(*DESK, "story_id", "received_on"),
        optional=("story_use",),
        letters=EVERYONE,
        titles=network_titles("Thank you for your story", "Thank you for your story", "Gracias por su historia"),
        category=Category.NETWORK,
        channels=BY_ANY,
        version="1",
    ),
    # "told_by" only where whoever told it agreed to be named.
    "STORY_RETURNED": NoticeType(
        mandatory=(*DESK, "topic", "words"),
        optional=("told_by", "what_changed", "leave_url"),
        letters=EVERYONE,
        titles=network_titles("A patient's story for your work", "A story to learn from", "Una historia para aprender"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("topic",),
        version="1",
    ),
    "DECISION_AID": NoticeType(
        mandatory=(*DESK, "aid_title", "aid_question", "choices", "questions_to_ask"),
        optional=("source", "link", "leave_url"),
        letters=EVERYONE,
        titles=network_titles(
            "A decision aid to share with patients",
            "Help to decide with your doctor",
            "Ayuda para decidir con su doctor",
        ),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("aid_title",),
        shareable=True,
        version="1",
    ),
    "PFE_INVITATION": NoticeType(
        mandatory=(*DESK, "activity", "how_to_join"),
        optional=("starts_at", "place", "answer_by", "link", "leave_url"),
        letters=PEOPLE,
        titles=network_titles("", "Help make care better: join us", "Ayude a mejorar la atención: únase a nosotros"),
        category=Category.NETWORK,
        channels=BY_ANY,
        gist=("activity",),
        shareable=True,
        version="1",
    ),
}
