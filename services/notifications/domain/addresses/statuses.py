"""What a mail server's status says about an address: whether there is no such address, or only this mail failed."""

import re
from typing import Final

from shared.contracts.notifications.lists import Bounce

# What follows the class 5 of a status when the address itself is wrong. All else may be different the next time: a full
# mailbox, a size, a policy, a network.
_NO_SUCH_ADDRESS: Final = {
    "1.1": "bad destination mailbox address (RFC 3463 3.2)",
    "1.2": "bad destination system address (RFC 3463 3.2)",
    "1.3": "bad destination mailbox address syntax (RFC 3463 3.2)",
    "1.6": "mailbox has moved, no forwarding address (RFC 3463 3.2)",
    "1.10": "the domain accepts no mail (RFC 7505 4.2)",
    "2.1": "mailbox disabled, not accepting messages (RFC 3463 3.3)",
}
_STATUS: Final = re.compile(r"(?<![0-9.])([245])\.([0-9]{1,3}\.[0-9]{1,3})(?![0-9.])")
_FULL: Final = "2.2"


def status_in(*texts: str) -> str | None:
    """The first enhanced status code (RFC 3463) in these texts."""
    found = next((found for text in texts if (found := _STATUS.search(text))), None)
    return found and f"{found[1]}.{found[2]}"


def bounce(status: str | None) -> Bounce:
    """What a mail that will not be tried again says about the address; without a status, nothing against it."""
    return Bounce.HARD if status is not None and status[0] == "5" and status[2:] in _NO_SUCH_ADDRESS else Bounce.SOFT


def mailbox_full(status: str | None) -> bool:
    """Whether the mailbox is full (RFC 3463 3.3)."""
    return status is not None and status[2:] == _FULL
