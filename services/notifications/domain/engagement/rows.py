"""Rows of the table of notice rules that belong to engagement."""

from typing import Final

from services.notifications.domain.rules.row import NoticeRule

ROWS: Final[tuple[NoticeRule, ...]] = ()
