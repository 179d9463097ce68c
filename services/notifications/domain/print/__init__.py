"""Letters on paper: a tagged PDF (PDF/UA-1) in the format its reader needs."""

from services.notifications.domain.print.press import Office, Press

__all__ = ["Office", "Press"]
