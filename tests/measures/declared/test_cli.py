"""The commands of declared measures: signs of components, and fields that are refused before anything is sent."""

import pytest
import typer
from typer.testing import CliRunner

from services.measures.cli import app
from services.measures.commands.declared import signed

DECLARE = ("declare", "--community", "river", "--title", "Nights at home", "--denominator", "nights", "--per", "ratio")
REST = ("--better", "higher", "--reason", "we want it", "--source", "charter")


def test_a_component_with_a_hyphen_is_taken_away() -> None:
    assert signed(["nights", "-institution_nights"]) == {"nights": 1, "institution_nights": -1}


def test_a_component_is_named_once() -> None:
    with pytest.raises(typer.BadParameter, match="nights is named twice"):
        signed(["nights", "-nights"])


def test_what_does_not_fit_is_refused_by_field_before_it_is_sent() -> None:
    parts = ("--numerator", "nights", "--numerator", "-institution_nights", "--scale", "0.5")
    answer = CliRunner().invoke(app, [*DECLARE, *parts, *REST, "tenure"])
    assert answer.exit_code == 1
    assert [line.split(":")[1].strip() for line in answer.stderr.splitlines()] == ["measure", "scale"]
