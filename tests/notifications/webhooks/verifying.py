"""A partner's own few lines that check a webhook: written from the public specification, nothing of ours in them."""

import base64
import hashlib
import hmac


class Forged(Exception):  # noqa: N818 - the fact
    """The request is not from whom it should be, altered, or old."""


def verify(secret: str, headers: dict[str, str], body: bytes, now: float, tolerance: int = 300) -> str:
    """The id of a genuine webhook."""
    timestamp = headers["webhook-timestamp"]
    if abs(now - int(timestamp)) > tolerance:
        raise Forged("too old")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = b".".join((headers["webhook-id"].encode(), timestamp.encode(), body))
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    for one in headers["webhook-signature"].split(" "):
        version, _, signature = one.partition(",")
        if version == "v1" and hmac.compare_digest(signature, expected):
            return headers["webhook-id"]
    raise Forged("signature")
