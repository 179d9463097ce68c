"""Packages of the extra `embedded`, imported at need: a deployed service runs without them."""

import importlib
import warnings
from types import ModuleType

from shared.stack.errors import StackError


def wheel(name: str) -> ModuleType:
    """Import a package of the extra.

    Raises:
        StackError: it is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one of them complains of desktop folders that no server has
        try:
            return importlib.import_module(name)
        except ImportError as error:
            raise StackError(
                f"The embedded stack is not installed ({name} is missing). Run `pip install qio[embedded]`."
            ) from error
