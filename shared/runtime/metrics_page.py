"""The page of all metrics for people: `python -m shared.runtime.metrics_page > docs/metrics.md`."""

import sys
from collections.abc import Iterator

from prometheus_client.metrics import MetricWrapperBase

from shared.runtime import metrics

_INTRODUCTION = """\
# Metrics

Made from `shared/runtime/metrics.py` by `python -m shared.runtime.metrics_page > docs/metrics.md`; do not edit.

Every service shows them at `/metrics`. Labels name consumers, services, topics and codes; never a person, facility or
case.
Alerts on them: [`deploy/prometheus/alerts.yml`](../deploy/prometheus/alerts.yml).

| metric | kind | labels | meaning |
|---|---|---|---|
"""


def render() -> str:
    """The whole page."""
    return _INTRODUCTION + "".join(_rows())


def _rows() -> Iterator[str]:
    for metric in vars(metrics).values():
        if isinstance(metric, MetricWrapperBase):
            (family,) = metric.describe()
            name = f"{family.name}_total" if family.type == "counter" else family.name
            labels = ", ".join(f"`{label}`" for label in metric._labelnames)  # noqa: SLF001 - shown nowhere else
            yield f"| `{name}` | {family.type} | {labels} | {family.documentation} |\n"


if __name__ == "__main__":
    sys.stdout.write(render())
