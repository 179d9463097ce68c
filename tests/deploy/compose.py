"""Reads docker-compose.yml as the tests of one host need it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from services.complaints.settings import ComplaintsSettings
from services.measures.settings import MeasuresSettings
from services.notifications.settings import MailSettings
from shared.runtime.settings import Settings
from shared.stack.plan import SERVICES

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"


def load() -> dict[str, Any]:
    """The compose file with its anchors and merges resolved."""
    found: dict[str, Any] = YAML(typ="safe").load(FILE.read_text())
    return found


def read(path: Path) -> dict[str, Any]:
    """Any YAML file."""
    found: dict[str, Any] = YAML(typ="safe").load(path.read_text())
    return found


def settings_names() -> set[str]:
    """Every environment variable that a process of ours reads."""
    names = {f"QIO_API_{service.upper()}" for service in SERVICES}
    for model in (Settings, ComplaintsSettings, MeasuresSettings, MailSettings):
        prefix = model.model_config["env_prefix"]
        names |= {f"{prefix}{field}".upper() for field in model.model_fields}
    return names


def seconds(duration: str) -> float:
    """A compose duration of the one form used here: ``100s``."""
    return float(duration.removesuffix("s"))


def ours(compose: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The services made from our image."""
    return {name: service for name, service in compose["services"].items() if service["image"] == "qio:local"}
