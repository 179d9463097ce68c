"""Letters of the learning network."""

from typing import Final

from services.notifications.domain.catalogue.kind import NoticeType

KINDS: Final = {
    "WELCOME": NoticeType(
        mandatory=("facility_name", "collaborative_name", "qin_qio", "recruited_on"),
        letters={"facility": "facility"},
        titles={("facility", "en"): "Welcome to the quality improvement collaborative"},
        version="1",
    ),
}
