"""Alerts speak of metrics and labels that the catalogue has."""

import re

import pytest
from prometheus_client.metrics import MetricWrapperBase

from services.notifications.domain.catalogue.kind import Category
from shared.runtime import metrics
from tests.deploy.compose import ROOT, read

RULES = read(ROOT / "deploy" / "prometheus" / "alerts.yml")["groups"][0]["rules"]


def catalogue() -> dict[str, set[str]]:
    """Names as Prometheus shows them (counters with their suffix), with labels."""
    found: dict[str, set[str]] = {}
    for metric in vars(metrics).values():
        if isinstance(metric, MetricWrapperBase):
            (family,) = metric.describe()
            suffix = {"counter": "_total", "histogram": "_bucket"}.get(family.type, "")
            name = f"{family.name}{suffix}"
            found[name] = set(metric._labelnames)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_uses_metrics_and_labels_that_exist(rule: dict[str, str]) -> None:
    known = catalogue()
    used = set(re.findall(r"\bqio_[a-z_]+", rule["expr"]))
    assert used - known.keys() == set()
    labels = set(re.findall(r"\$labels\.([a-z]+)", str(rule["annotations"]))) - {"instance"}
    for name in used:
        assert labels <= known[name]


def test_a_legal_notice_that_was_missed_is_an_alert_and_no_other_is() -> None:
    (expr,) = (rule["expr"] for rule in RULES if rule["alert"] == "LegalNoticeMissed")
    asked = re.findall(r"qio_notices_missed_total(\{[^}]*\})?", expr)
    assert asked == [f'{{category="{Category.LEGAL}"}}', f'{{category="{Category.LEGAL}"}}', ""]


def test_a_stopped_consumer_an_old_outbox_and_an_overdue_notice_are_alerts() -> None:
    text = " ".join(rule["expr"] for rule in RULES)
    for name in ("qio_consumer_stopped", "qio_outbox_oldest_seconds", "qio_notices_overdue", "qio_dead_letters_total"):
        assert name in text
