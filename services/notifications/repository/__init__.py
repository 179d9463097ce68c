"""Notices in PostgreSQL: kept for the handler, claimed and recorded for the sender, shown to readers."""

from services.notifications.repository.notices import Notices

__all__ = ["Notices"]
