"""Which settings a collaborative is for: all participants of these are eligible, whatever their performance."""

from collections.abc import Mapping
from typing import Final

from shared.contracts.recruitment.ids import Setting

# Task C.2: nursing homes. Drug events: local collaboratives of clinical pharmacists, physicians and facilities.
_SETTINGS: Final[Mapping[str, frozenset[Setting]]] = {
    "NNHQCC": frozenset({Setting.NURSING_HOME}),
    "PSPC": frozenset(
        {
            Setting.PHARMACY,
            Setting.PHYSICIAN_PRACTICE,
            Setting.NURSING_HOME,
            Setting.HOSPITAL,
            Setting.HOME_HEALTH,
            Setting.HOSPICE,
            Setting.DIALYSIS,
        }
    ),
}


def settings_of(collaborative: str) -> frozenset[Setting]:
    """The settings a collaborative recruits from; every one where no source narrows it."""
    return _SETTINGS.get(collaborative, frozenset(Setting))
