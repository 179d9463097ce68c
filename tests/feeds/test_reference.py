"""References to people: stable under one key, unlike under another, and never the number itself."""

import hashlib
import hmac
import stat
from pathlib import Path

import pytest

from shared.feeds.reference import Reference, open_reference
from shared.feeds.rows import UnusableFile


def test_a_reference_is_the_first_half_of_hmac_sha_256_of_the_named_number() -> None:
    key = bytes(range(32))
    expected = hmac.new(key, b"bene:00016F745862898F", hashlib.sha256).hexdigest()[:32]
    assert Reference(key).beneficiary("00016F745862898F") == expected


def test_kinds_and_keys_keep_references_apart() -> None:
    one, other = Reference(b"a" * 32), Reference(b"b" * 32)
    kinds = (one.beneficiary, one.claim, one.fill, one.visit, one.service, other.beneficiary)
    assert len({kind("1") for kind in kinds}) == 6


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "feed-reference"
    first = open_reference(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert open_reference(path) == first
    assert first.key.hex() not in repr(first)
    assert [item.name for item in path.parent.iterdir()] == ["feed-reference"]


def test_a_damaged_key_file_is_refused_without_showing_it(tmp_path: Path) -> None:
    path = tmp_path / "feed-reference"
    path.write_text("not hex")
    with pytest.raises(UnusableFile, match="does not hold a reference key"):
        open_reference(path)
    path.write_text("00ff")
    with pytest.raises(UnusableFile, match="shorter than 32 bytes"):
        open_reference(path)
