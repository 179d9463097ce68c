"""Where each state stands on a map of equal tiles: roughly where it lies, all the same size."""

from typing import Final

# One line for each row of tiles from the north, two dots for an empty place.
_ROWS: Final = """
    AK .. .. .. .. .. .. .. .. .. ME
    .. .. .. .. .. WI .. .. .. VT NH
    WA ID MT ND MN IL MI .. NY MA RI
    OR NV WY SD IA IN OH PA NJ CT ..
    CA UT CO NE MO KY WV VA MD DE ..
    .. AZ NM KS AR TN NC SC DC .. ..
    .. .. .. OK LA MS AL GA .. .. ..
    HI .. .. TX .. .. .. .. FL .. ..
    AS GU MP .. .. .. .. .. .. PR VI
"""

# Column and row of each state's tile, from the upper left.
TILES: Final = {
    code: (column, row)
    for row, line in enumerate(_ROWS.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code != ".."
}
COLUMNS: Final = 1 + max(column for column, _ in TILES.values())
