"""A file of partners is read whole or refused with entry and rule, never a value; the example is a good one."""

from pathlib import Path

import pytest

from shared.runtime import partners
from shared.runtime.settings import ConfigurationError

EXAMPLE = Path(__file__).parents[3] / "deploy" / "partners.example.toml"
KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
PLAN = f'[[partner]]\nid = "plan"\nkind = "plan"\nname = "Plan"\nnumbers = ["H1234"]\npublic_key = "{KEY}"\n'


def test_the_example_is_read() -> None:
    assert [(one.principal, one.kind) for one in partners.read(EXAMPLE)] == [
        ("qio-partner-mac-jk", "mac"),
        ("qio-partner-good-plan", "plan"),
        ("qio-partner-lakeside", "provider"),
    ]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (('id = "plan"', 'id = "Plan.1"'), "partner.0.id"),
        (('kind = "plan"', 'kind = "mac"'), "a MAC answers for states"),
        (('numbers = ["H1234"]', "numbers = []"), "answers for numbers"),
        (('numbers = ["H1234"]', 'states = ["XX"]'), "no such state"),
        ((KEY, "c2hvcnQ="), "32 bytes of X25519"),
        (("public_key", "secret_key"), "partner.0"),
        (("[[partner]]", "[[partner"), "cannot be read"),
        ((PLAN, PLAN + PLAN), "stands there twice"),
    ],
)
def test_what_cannot_be_is_named_by_its_rule(changed: tuple[str, str], rule: str, tmp_path: Path) -> None:
    path = tmp_path / "partners.toml"
    path.write_text(PLAN.replace(*changed))
    with pytest.raises(ConfigurationError, match=rule) as refused:
        partners.read(path)
    assert "H1234" not in str(refused.value)


def test_without_a_file_there_are_no_partners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QIO_PARTNERS_FILE", raising=False)
    assert partners.configured() == ()
    monkeypatch.setenv("QIO_PARTNERS_FILE", "no-such-file.toml")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        partners.configured()
