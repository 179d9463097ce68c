"""Identifiers sealed for one partner: HPKE (RFC 9180), so that neither broker nor other readers learn them."""

import base64
import json
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from shared.runtime.partners import Partner

SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def info(partner: str, name: UUID) -> bytes:
    """What a seal is bound to: this partner and its name of the case; as text ``qio/partner/<id>/<case>``."""
    return f"qio/partner/{partner}/{name}".encode()


def seal(partner: Partner, name: UUID, identifiers: dict[str, str]) -> str:
    """The identifiers as JSON, sealed, base64 of the encapsulated key (32 bytes) and the ciphertext."""
    plain = json.dumps(identifiers, sort_keys=True).encode()
    return base64.b64encode(SUITE.encrypt(plain, partner.key(), info(partner.id, name))).decode()
