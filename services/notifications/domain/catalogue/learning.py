"""The voice of the learning network: messages, sessions, practices, peers."""

from typing import Final

from services.notifications.domain.catalogue.audiences import EVERYONE, NETWORK
from services.notifications.domain.catalogue.kind import BY_ANY, BY_TEXT_TOO, Category, NoticeType, network_titles

DESK: Final = ("qio_name", "qio_phone")
_SESSION: Final = (*DESK, "session_title", "starts_at", "ends_at", "place")

KINDS: Final = {
    # Words of staff, approved before they go, the same for all readers; set as they are and never carried out.
    "CAMPAIGN_MESSAGE": NoticeType(
        mandatory=(*DESK, "heading", "words"),
        optional=("link", "leave_url"),
        letters=EVERYONE,
        titles=network_titles(
            "A message from your quality improvement network",
            "A message from your Medicare quality improvement team",
            "Un mensaje de su equipo de calidad de Medicare",
        ),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("heading",),
        headline="heading",
        shareable=True,
        version="1",
    ),
    "KEY_MESSAGE": NoticeType(
        mandatory=(*DESK, "heading", "words"),
        optional=("source", "link", "leave_url"),
        letters=EVERYONE,
        titles=network_titles("A key message", "Good to know", "Es bueno saberlo"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("heading",),
        headline="heading",
        shareable=True,
        version="1",
    ),
    "SESSION_INVITATION": NoticeType(
        mandatory=_SESSION,
        optional=("agenda", "join_url", "answer_by", "calendar", "leave_url"),
        letters=EVERYONE,
        titles=network_titles(
            "An invitation to a learning session", "We invite you to a session", "Le invitamos a una sesión"
        ),
        category=Category.NETWORK,
        channels=BY_ANY,
        gist=("session_title", "starts_at"),
        shareable=True,
        version="1",
    ),
    "SESSION_REMINDER": NoticeType(
        mandatory=_SESSION,
        optional=("join_url", "calendar", "leave_url"),
        letters=EVERYONE,
        titles=network_titles(
            "Reminder: your learning session", "Reminder: your session is soon", "Recordatorio: su sesión es pronto"
        ),
        category=Category.NETWORK,
        channels=BY_TEXT_TOO,
        gist=("session_title", "starts_at"),
        shareable=True,
        version="1",
    ),
    "SESSION_CANCELLED": NoticeType(
        mandatory=(*DESK, "session_title", "starts_at"),
        optional=("reason", "new_starts_at", "calendar", "leave_url"),
        letters=EVERYONE,
        titles=network_titles(
            "A learning session will not take place", "Your session will not take place", "Su sesión no se hará"
        ),
        category=Category.NETWORK,
        channels=BY_TEXT_TOO,
        gist=("session_title", "starts_at"),
        shareable=True,
        version="1",
    ),
    # Before the due day and after it alike: it says what is asked for, and that nothing has come yet.
    "ASSIGNMENT_DUE": NoticeType(
        mandatory=(*DESK, "assignment_title", "to_report", "due_on"),
        optional=("period_name", "leave_url"),
        letters=EVERYONE,
        titles=network_titles(
            "An assignment of your learning network", "Something to do from your session", "Una tarea de su sesión"
        ),
        category=Category.NETWORK,
        channels=BY_TEXT_TOO,
        digestible=True,
        gist=("assignment_title", "due_on"),
        version="1",
    ),
    # "shared_by" only where whoever is named agreed to it (42 CFR 480.140, 480.141): the requester knows.
    "PRACTICE_SHARED": NoticeType(
        mandatory=("qio_name", "practice_title", "practice_topic", "practice_words", "shared_on"),
        optional=("qio_phone", "setting", "shared_by", "results", "link", "leave_url"),
        letters=NETWORK,
        titles=network_titles("A practice to learn from"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("practice_title",),
        version="1",
    ),
    # "peer_contact" only where the peer agreed to it.
    "PEER_MATCH": NoticeType(
        mandatory=("qio_name", "peer_name", "topic", "next_step"),
        optional=("qio_phone", "peer_setting", "peer_contact", "reason", "leave_url"),
        letters=NETWORK,
        titles=network_titles("A peer to learn with"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("peer_name", "topic"),
        version="1",
    ),
    # What the recipient's digest gathers: one line for each notice that waited, made of its type and its gist.
    "DIGEST": NoticeType(
        mandatory=("qio_name", "rhythm", "items"),
        optional=("qio_phone", "leave_url"),
        letters=EVERYONE,
        titles=network_titles("News of your learning network", "News for you", "Noticias para usted"),
        category=Category.NETWORK,
        channels=BY_ANY,
        version="1",
    ),
}
