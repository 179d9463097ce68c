"""The rules of this part."""

from collections.abc import Mapping

from services.recruitment.domain.kernel.deciding import AnyRule


def rules(zips: Mapping[str, str]) -> tuple[AnyRule, ...]:
    """The rules; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    del zips
    return ()
