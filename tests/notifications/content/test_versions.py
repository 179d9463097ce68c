"""A letter's version stands for one wording for ever; every letter reads as somebody last read it."""

import re

import pytest

from services.notifications.domain.catalogue import CATALOGUE
from tests.notifications.content.golden import FOLDER, as_reviewed
from tests.notifications.content.ledger import kept, wordings
from tests.notifications.content.written import PLACES, write

LETTERS_NOW = as_reviewed()
WORDINGS, LEDGER = wordings(), kept()


@pytest.mark.parametrize("name", sorted(WORDINGS))
def test_a_changed_wording_has_a_raised_version(name: str) -> None:
    known = LEDGER.get(name)
    assert known is not None, "new wording: python -m tests.notifications.content.ledger"
    assert known == WORDINGS[name], "the wording changed: raise the version in the catalogue"


def test_the_versions_of_a_letter_have_no_gaps_and_the_present_one_is_the_highest() -> None:
    for name in LEDGER:
        letter, _, version = name.rpartition(".")
        described = CATALOGUE.get(letter.partition(".")[0])
        assert described is None or int(version) <= int(described.version)


def test_a_letter_is_named_by_type_letter_language_and_version() -> None:
    names = {write(kind, role, language).name for kind, role, language in PLACES}
    assert names == set(WORDINGS)
    assert all(re.fullmatch(r"[A-Z0-9_]+\.[a-z]+\.[a-z]{2}\.[1-9][0-9]*", name) for name in names)


@pytest.mark.parametrize("name", sorted(LETTERS_NOW))
def test_each_letter_reads_as_reviewed(name: str) -> None:
    assert LETTERS_NOW[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_no_reviewed_letter_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(LETTERS_NOW)
