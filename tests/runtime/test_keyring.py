"""Sealed text opens only where it was sealed, with any key of the ring, and its keys never show."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.keyring import Keyring, SealBroken

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
RING = Keyring({1: OLD})
ROTATED = Keyring({1: OLD, 2: NEW})


@given(st.binary(max_size=200), st.text(max_size=40))
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    assert RING.decrypt(RING.encrypt(plain, place), place) == plain


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert RING.encrypt(b"x", "a") != RING.encrypt(b"x", "a")


@pytest.mark.parametrize("at", [0, 1, 12, 13, -1])
def test_a_changed_byte_breaks_the_seal(at: int) -> None:
    sealed = bytearray(RING.encrypt(b"facts", "row:1"))
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        RING.decrypt(bytes(sealed), "row:1")


def test_text_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(SealBroken):
        RING.decrypt(RING.encrypt(b"facts", "row:1"), "row:2")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01short", b"\x07" + bytes(40)])
def test_what_was_never_sealed_is_broken_and_no_other_error(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        RING.decrypt(sealed, "row:1")


def test_after_rotation_old_text_opens_and_new_text_needs_the_new_key() -> None:
    old = RING.encrypt(b"before", "p")
    new = ROTATED.encrypt(b"after", "p")
    assert ROTATED.decrypt(old, "p") == b"before"
    assert new[0] == 2
    with pytest.raises(SealBroken):
        RING.decrypt(new, "p")


def test_a_reference_outlives_rotation_and_differs_by_purpose() -> None:
    assert RING.reference("case", "x") == ROTATED.reference("case", "x")
    assert RING.reference("case", "x") != RING.reference("public-case", "x")
    assert RING.reference("case", "x") != Keyring({2: NEW}).reference("case", "x")
    assert len(RING.reference("case", "x")) == 32


@pytest.mark.parametrize("keys", [{}, {1: b"short"}, {256: OLD}, {-1: OLD}])
def test_a_ring_needs_whole_keys_with_numbers_of_one_byte(keys: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(keys)


@pytest.mark.parametrize("text", ["1:zz", "no colon", "one:" + "00" * 32, "1:" + "0f" * 16, ""])
def test_a_damaged_file_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keyring-toy"
    path.write_text(text)
    with pytest.raises(ValueError, match="keyring-toy") as refused:
        Keyring.from_file(path)
    assert text == "" or text not in str(refused.value)


def test_a_file_may_hold_several_keys(tmp_path: Path) -> None:
    path = tmp_path / "keyring-toy"
    path.write_text(f"1:{OLD.hex()}\n2:{NEW.hex()}\n")
    assert Keyring.from_file(path).decrypt(RING.encrypt(b"x", "p"), "p") == b"x"
