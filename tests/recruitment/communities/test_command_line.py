"""The command line of communities says in a sentence what is missing."""

from typer.testing import CliRunner

from services.recruitment.cli.community import app


def test_a_community_without_areas_is_asked_for_them_before_anything_is_sent() -> None:
    found = CliRunner().invoke(app, ["define", "Nothing"])
    assert found.exit_code == 2
    assert "Give at least one --zip, --ssa-county or --ssa-state." in found.output
