"""Ids and secrets that one partner alone knows, all of them digests under the service's key."""

from typing import Final
from uuid import UUID

from services.notifications.domain.webhooks.shown import Renamed
from shared.messaging.keyring import Keyring

_SECRETS: Final = "qio.webhooks.secrets"


class Names:
    """Keyed digests: repeatable here, also after a rebuild; not to be guessed or joined by anyone without the key."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def of(self, hook: UUID) -> Renamed:
        """How ids are called towards one partner: each registration has a key of its own."""

        def renamed(sort: str, own: UUID) -> UUID:
            digest = self._keyring.reference(f"qio.webhooks.{hook}", f"{sort}/{own}")
            return UUID(bytes=digest[:16], version=4)

        return renamed

    def webhook_id(self, hook: UUID, event_id: UUID) -> UUID:
        """The event's id towards one partner: the same for every attempt and replay."""
        return self.of(hook)("event", event_id)

    def secret(self, partner: str, name: UUID) -> bytes:
        """The 32 bytes of a secret, which are kept nowhere: its random name and the service's key make it again."""
        return self._keyring.reference(_SECRETS, f"{partner}/{name}")
