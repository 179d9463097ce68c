"""A case as one partner knows it: a name of its own, which says nothing to anyone else and leads back only here."""

from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB

from shared.messaging.keyring import Keyring


class CaseNames:
    """A keyed permutation of ids for each partner: two partners cannot tell that they speak of the same case."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def name(self, partner: str, case_id: UUID) -> UUID:
        """The case's name for this partner; always the same."""
        cipher = self._cipher(partner).encryptor()
        return UUID(bytes=cipher.update(case_id.bytes) + cipher.finalize())

    def case(self, partner: str, name: UUID) -> UUID:
        """The case this partner means; another partner's name, or an invented one, leads to no case there is."""
        cipher = self._cipher(partner).decryptor()
        return UUID(bytes=cipher.update(name.bytes) + cipher.finalize())

    def _cipher(self, partner: str) -> "Cipher[ECB]":
        # One block and a key for nothing else: the permutation itself is what is wanted, there is no mode to choose.
        key = self._keyring.reference("complaints.partner-case", partner)
        return Cipher(AES256(key), ECB())  # noqa: S305
