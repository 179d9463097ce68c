"""The address block: as the post wants it, in the window of the envelope, or not printed at all."""

import pytest

from services.notifications.domain.letters import NotSendable
from services.notifications.domain.print import Office
from services.notifications.domain.print.lines import BREAK, address_lines, breakable
from shared.contracts.notifications.terms import Format, PostalAddress
from tests.notifications.print.pdf import Pdf, Run
from tests.notifications.print.press import HOME, OFFICE, printed, read, recipient, written

INCH = 72
# A #10 envelope is 9 1/2 in by 4 1/8 in; its window 7/8 in from the left, 1/2 in from the bottom, 4 1/2 in by 1 1/8 in.
# The letter, 8 1/2 in wide and folded to 3 2/3 in, may lie anywhere in it; half an inch of play is more than there is.
WINDOW_TOP, WINDOW_BOTTOM = 4.125 - 0.5 - 1.125, 4.125 - 0.5
LONG = PostalAddress(
    lines=("Apartado 4411, Residencial Las Palmas", "Edificio 12, Apt. 4-B, 3er. piso", "c/o Sra. Carmen Ruiz"),
    city="San Sebastián",
    state="PR",
    zip_code="00685-1234",
)


def _in_window(pdf: Pdf) -> list[Run]:
    """What lies on the first page between the top of the window, the letter pushed down, and the fold."""
    return [run for run in pdf.runs() if run.page == 0 and 2 < 11 - run.base / INCH < 3.67]


@pytest.mark.parametrize(
    ("name", "postal", "lines"),
    [
        ("María Example", HOME, ("MARÍA EXAMPLE", "123 N MAIN ST APT 4", "SAN JOSÉ CA\u00a0 95112-0001")),
        (
            "Dr. Seán O'Brien-Núñez, M.D.",
            PostalAddress(
                lines=("39.2 Rd. #5", "P.O. Box 12½; c/o Ruiz"), city="St. Mary's", state="OH", zip_code="45885"
            ),
            ("DR SEÁN OBRIEN-NÚÑEZ MD", "39.2 RD #5", "PO BOX 12½ C/O RUIZ", "ST MARYS OH\u00a0 45885"),
        ),
        ("???", HOME, ("???", "123 N MAIN ST APT 4", "SAN JOSÉ CA\u00a0 95112-0001")),
    ],
)
def test_addresses_are_in_capitals_without_punctuation_and_keep_their_accents(
    name: str, postal: PostalAddress, lines: tuple[str, ...]
) -> None:
    assert address_lines(name, postal) == lines


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("postal", [HOME, LONG])
@pytest.mark.parametrize(
    "name", ["Ana", "N" * 300, "W" * 300, "Dr. José O'Brien-Núñez y García de la Vega, M.D., Ph.D."]
)
def test_the_whole_address_and_nothing_else_shows_in_the_window_however_the_letter_lies(
    name: str, postal: PostalAddress, form: Format
) -> None:
    seen = _in_window(read(name=name, postal=postal, form=form))
    text = "".join(run.text.replace(BREAK, "") for run in seen).replace("\u00a0", " ")
    expected = ["".join(address_lines(name, postal, lines)).replace("\u00a0", " ") for lines in (2, 1)]
    assert text.replace(" ", "") in [lines.replace(" ", "") for lines in expected]
    for run in seen:
        top, bottom = 11 - (run.base + 0.66 * run.size) / INCH, 11 - (run.base - 0.25 * run.size) / INCH
        for play in (0.05, 0.375):  # the letter lies this much lower than the top of the envelope
            assert top + play >= WINDOW_TOP - 0.05
            assert bottom + play <= WINDOW_BOTTOM + 0.05
        assert run.left / INCH >= 7 / 8
        assert run.right / INCH + 1 <= 7 / 8 + 4.5  # pushed to the right
        assert run.size >= 8


@pytest.mark.parametrize(
    ("postal", "code"),
    [
        (None, "no-postal-address"),
        (HOME.model_copy(update={"lines": ("W" * 300,)}), "address-too-long"),
        (HOME.model_copy(update={"lines": ("Long Street " * 20,) * 3}), "address-too-long"),
        (HOME.model_copy(update={"city": "中文"}), "unprintable-characters"),
    ],
)
def test_a_letter_that_would_not_arrive_is_not_printed(postal: PostalAddress | None, code: str) -> None:
    with pytest.raises(NotSendable, match=f"^{code}$"):
        read(postal=postal)


@pytest.mark.parametrize("text", ["中文", "😀", "\ue000", "﷽", "\U0001f468\u200d\U0001f469", "\u0378"])
def test_words_that_no_font_at_hand_has_are_refused_and_never_vanish(text: str) -> None:
    for facts in ({"rationale": f"Because {text}."}, {"provider_name": text}, {"name": text}):
        with pytest.raises(NotSendable, match=r"^unprintable-characters$") as refused:
            read(**facts)  # type: ignore[arg-type]
        assert text not in str(refused.value)


def test_a_return_address_that_does_not_fit_is_refused() -> None:
    to = recipient()
    for office in (
        Office("Office " * 120, OFFICE.postal),
        Office("X", OFFICE.postal.model_copy(update={"lines": ("Long Street " * 20,) * 3})),
    ):
        for form in Format:
            with pytest.raises(NotSendable, match=r"^return-address-too-long$"):
                printed(written(to), to, form, office)


@pytest.mark.parametrize("text", ["a plain sentence, with words.", "reconsideration: responsabilidad", "", "a " * 300])
def test_words_of_usual_length_stay_as_they_are(text: str) -> None:
    assert breakable(text) == text


def test_a_long_run_may_break_after_every_twenty_characters_but_never_before_a_mark_upon_a_letter() -> None:
    assert breakable("n" * 45).split(BREAK) == ["n" * 20, "n" * 20, "n" * 5]
    assert BREAK + "\u0323" not in breakable("q\u0323" * 60)
    assert BREAK in breakable("! " * 30)
