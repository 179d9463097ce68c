"""The signature of a delivery (Standard Webhooks 1.0.0, symmetric)."""

import base64
import datetime as dt
import hmac
from collections.abc import Iterable, Mapping

PREFIX = "whsec_"


def written(secret: bytes) -> str:
    """A secret as its owner is shown it."""
    return PREFIX + base64.b64encode(secret).decode()


def signed(webhook_id: str, at: dt.datetime, body: bytes, secrets: Iterable[bytes]) -> Mapping[str, str]:
    """The three headers of an attempt made ``at`` (UTC): one signature for each secret, the present one first."""
    timestamp = str(int(at.timestamp()))
    content = f"{webhook_id}.{timestamp}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(secret, content, "sha256")).decode() for secret in secrets]
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }
