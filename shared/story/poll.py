"""Asks the services every second how they are; what the board shows."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from prometheus_client.parser import text_string_to_metric_families

from shared.cli.read import NotRunning, address, fetch
from shared.runtime.supervisor import SERVICES, Platform

EVERY_SECONDS: Final = 1.0


@dataclass(slots=True)
class ServiceView:
    """One service as it looks from outside."""

    ready: bool = False
    why: str = "starting"
    restarts: int = 0
    records: float = 0
    rate: float = 0
    lag: float = 0
    outbox: float = 0
    dead: float = 0
    summary: dict[str, Any] = field(default_factory=dict)


class Poller:
    """Looks in the background until closed; a service that does not answer keeps its last numbers."""

    def __init__(self, platform: Platform) -> None:
        self.views = {service: ServiceView() for service in SERVICES}
        self.results: list[dict[str, Any]] = []
        self._platform = platform
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="board", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        settings = self._platform.settings()
        last = time.monotonic()
        while not self._stop.wait(EVERY_SECONDS):
            now = time.monotonic()
            for service, view in self.views.items():
                child = self._platform.children.get(service)
                view.restarts = child.restarts if child else 0
                try:
                    where = address(settings, service)
                    self._look(view, where, now - last)
                    view.summary = fetch(settings, service, "/summary")
                except (httpx.HTTPError, NotRunning, ValueError):
                    view.ready, view.why = False, "does not answer"
            last = now

    @staticmethod
    def _look(view: ServiceView, where: str, seconds: float) -> None:
        answer = httpx.get(f"{where}/ready", timeout=2).json()
        view.ready, view.why = answer["ready"], "; ".join(answer["reasons"])
        totals: dict[str, float] = {}
        for family in text_string_to_metric_families(httpx.get(f"{where}/metrics", timeout=2).text):
            for sample in family.samples:
                totals[sample.name] = totals.get(sample.name, 0) + sample.value
        records = totals.get("qio_records_total", 0)
        view.rate = max(0.0, (records - view.records) / seconds)
        view.records = records
        view.lag = totals.get("qio_consumer_lag", 0)
        view.outbox = totals.get("qio_outbox_rows", 0)
        view.dead = totals.get("qio_dead_letters_total", 0)
