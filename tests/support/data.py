"""Where real public files are, on machines that have them: ``QIO_DATA``, else beside the project."""

import os
from pathlib import Path

_BESIDE = Path(__file__).parents[3] / "shared" / "data"


def real_data() -> Path | None:
    """The folder with nursing-home files and DE-SynPUF samples; None where there is none."""
    folder = Path(os.environ.get("QIO_DATA", _BESIDE))
    return folder if (folder / "desynpuf_10k").is_dir() else None
