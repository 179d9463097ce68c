"""The ZIP codes there are, in use or retired, from the ``zipcodes`` package."""

from functools import cache

import zipcodes


@cache
def known_zips() -> frozenset[str]:
    """All codes; the first call reads the package's list (about 0.3 s and 50 MB)."""
    return frozenset(row["zip_code"] for row in zipcodes.list_all())  # type: ignore[no-untyped-call]
