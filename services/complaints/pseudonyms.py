"""Ids that say nothing: of a case, and of the same case in a public topic."""

from uuid import UUID

from shared.messaging.keyring import Keyring


class Pseudonyms:
    """Keyed digests as UUIDs: repeatable here, not to be guessed or linked by anyone without the key."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def case(self, identity: str) -> UUID:
        """The case of one matter (``filing.identity``): two requests for it meet in it."""
        return self._make("case", identity)

    def public(self, case_id: UUID) -> UUID:
        """The name of a case in the public topic."""
        return self._make("qio.public.cases.v1", str(case_id))

    def concern(self, case_id: UUID, concern: str) -> UUID:
        """The name of a confirmed concern in the topic of the QIN-QIOs."""
        return self._make("qio.complaints.concerns.v1", f"{case_id}/{concern}")

    def _make(self, purpose: str, text: str) -> UUID:
        return UUID(bytes=self._keyring.reference(purpose, text)[:16], version=4)
