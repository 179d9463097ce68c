"""The page of recruitment for people: `python -m services.recruitment.pages.recruitment > docs/recruitment.md`."""

import sys
from typing import Final

from services.recruitment.pages.communities import infrastructure, interventions, sectors
from services.recruitment.pages.jurisdictions import jurisdictions
from services.recruitment.pages.machines import machines
from services.recruitment.pages.program import collaboratives, statements
from services.recruitment.pages.targets import targets

_INTRODUCTION: Final = """\
# Recruitment

Made from the tables in `services/recruitment/domain/` by
`python -m services.recruitment.pages.recruitment > docs/recruitment.md`; do not edit. The commands are in the
[README](../README.md#recruiting-and-communities), messages and topics in [events.md](events.md).
"""


def render() -> str:
    """The whole page."""
    parts = (
        statements(),
        collaboratives(),
        targets(),
        machines(),
        infrastructure(),
        sectors(),
        interventions(),
        jurisdictions(),
    )
    return _INTRODUCTION + "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(render())
