"""Where random numbers come from: given by the caller, so that the same seed gives the same answer."""

from typing import Protocol


class Luck(Protocol):
    """What of ``random.Random`` the methods use."""

    def random(self) -> float:
        """Uniform from 0 to below 1."""
        ...

    def gammavariate(self, alpha: float, beta: float) -> float:
        """Gamma with shape ``alpha`` and scale ``beta``."""
        ...
