"""The map of participation: its sums, and what it shows."""

import datetime as dt
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from services.recruitment.domain.program.answering import Answer, answer, roles_on
from services.recruitment.domain.reports.drawing import EMPTY, HEIGHT, NONE, SHADES, WIDTH, draw, shade_of
from services.recruitment.domain.reports.participation import Members, Participation, participation
from services.recruitment.domain.reports.tiles import TILES
from shared.program.states import STATES, Qin

SVG = "{http://www.w3.org/2000/svg}"
DAY = dt.date(2015, 3, 6)
NAME = "Collaborative of homes & friends"
ELIGIBLE = {"MA": 400, "NH": 100, "FL": 700, "WY": 38}


def member(state: str, number: int, *, day: dt.date = dt.date(2014, 9, 1), still: bool = True) -> Members:
    return Members(state, day, still, number)


def found(day: dt.date = dt.date(2015, 3, 6), *more: Members) -> Participation:
    members = (member("MA", 90), member("MA", 11, day=dt.date(2015, 1, 1)), member("NH", 75), *more)
    return participation("NNHQCC", day, ELIGIBLE, members, answers(day))


def answers(day: dt.date) -> dict[str, Answer]:
    return {code: answer(code, roles_on(day)[0], day, None) for code in STATES}


def drawn(shown: Participation) -> ET.Element:
    return ET.fromstring(draw(shown, NAME))


def texts(element: ET.Element) -> list[str]:
    return [one.text or "" for one in element.iter(f"{SVG}text")]


def of(root: ET.Element, identifier: str) -> ET.Element:
    (group,) = (one for one in root.iter(f"{SVG}g") if one.get("id") == identifier)
    return group


def test_the_sums_are_of_those_who_take_part_and_could_on_the_day() -> None:
    shown = found(dt.date(2015, 3, 6), member("MA", 5, still=False), member("FL", 7, day=dt.date(2015, 3, 7)))
    assert (shown.recruited, shown.eligible) == (176, 1238)
    regions = {one.network: (one.recruited, one.eligible) for one in shown.regions}
    assert regions[Qin.NEW_ENGLAND] == (176, 500)
    assert regions[Qin.HSAG] == (0, 700)
    assert len(regions) == 14
    assert shown.unknown_because is None


def test_every_state_and_territory_has_a_tile_of_its_own() -> None:
    assert TILES.keys() == STATES.keys()
    assert len(set(TILES.values())) == len(STATES)


def test_the_map_says_state_numbers_and_region_on_each_tile() -> None:
    root = drawn(found())
    assert texts(of(root, "MA")) == ["MA", "H", "25 %", "101/400"]
    assert texts(of(root, "NH")) == ["NH", "H", "75 %", "75/100"]
    assert texts(of(root, "WY")) == ["WY", "G", "0 %", "0/38"]
    assert texts(of(root, "GU")) == ["GU", "G"]
    assert of(root, "MA").findtext(f"{SVG}title") == (
        "Massachusetts: 101 of 400 recruited; New England QIN (Healthcentric Advisors)"
    )
    assert of(root, "GU").findtext(f"{SVG}title") == "Guam: nobody eligible; Mountain-Pacific Quality Health"


def test_the_map_says_what_it_is_about_and_lists_the_regions_with_their_sums() -> None:
    root = drawn(found())
    shown = texts(root)
    assert NAME in shown
    assert "176 of 1,238 eligible recruited (14 %) as of 2015-03-06" in shown
    assert texts(of(root, "region-H")) == ["H", "New England QIN", "176/500", "35 %"]
    assert sum(one.get("id", "").startswith("region-") for one in root.iter(f"{SVG}g")) == 14


def test_the_legend_says_each_class_in_words() -> None:
    shown = texts(drawn(found()))
    for shade in (*SHADES, NONE, EMPTY):
        assert shade.words in shown


def test_a_border_is_drawn_where_a_region_ends_and_not_inside_it() -> None:
    root = drawn(found())
    borders = {tuple(int(one.get(name, "0")) for name in ("x1", "y1", "x2", "y2")) for one in root.iter(f"{SVG}line")}

    def right_of(state: str) -> tuple[int, ...]:
        box = of(root, state).find(f"{SVG}rect")
        assert box is not None
        x, y = int(box.get("x", "0")) - 4, int(box.get("y", "0")) - 4
        return (x + 100, y, x + 100, y + 100)

    assert right_of("WA") not in borders  # Washington and Idaho are of one network
    assert right_of("ID") in borders  # Montana is of another


def test_no_region_is_drawn_where_no_source_names_the_networks() -> None:
    root = drawn(found(dt.date(2019, 9, 1)))
    assert texts(of(root, "MA")) == ["MA", "25 %", "101/400"]
    assert not list(root.iter(f"{SVG}line"))
    assert "UNKNOWN" in texts(root)
    assert any("Not known everywhere" in one for one in texts(root))


@pytest.mark.parametrize(
    ("recruited", "eligible", "words"),
    [
        (0, 0, "nobody eligible"),
        (0, 10, "none recruited"),
        (1, 1000, "up to 24 %"),
        (249, 1000, "up to 24 %"),
        (250, 1000, "25 to 49 %"),
        (499, 1000, "25 to 49 %"),
        (500, 1000, "50 to 74 %"),
        (749, 1000, "50 to 74 %"),
        (750, 1000, "75 % and more"),
        (1000, 1000, "75 % and more"),
    ],
)
def test_a_share_has_the_class_that_its_words_say(recruited: int, eligible: int, words: str) -> None:
    assert shade_of(recruited, eligible).words == words


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_classes_are_told_apart_by_lightness_and_text_stands_out_on_each() -> None:
    # WCAG 2.1, 1.4.6: text of 7 to 1; the classes by lightness alone, for those who see no hue.
    for shade in (*SHADES, NONE):
        assert _contrast(shade.fill, shade.ink) >= 7
    steps = [one.fill for one in (*SHADES, NONE)]
    for darker, lighter in pairwise(steps):
        assert _luminance(darker) < _luminance(lighter)
        assert _contrast(darker, lighter) >= 1.15


def test_all_text_is_inside_the_picture_and_large_enough_for_a_room() -> None:
    for one in drawn(found()).iter(f"{SVG}text"):
        assert 0 < int(one.get("x", "0")) < WIDTH
        assert 0 < int(one.get("y", "0")) < HEIGHT
        assert int(one.get("font-size", "0")) >= HEIGHT // 70


def test_the_name_of_a_region_does_not_reach_its_numbers_in_the_widest_font() -> None:
    crowded = participation("NNHQCC", DAY, dict.fromkeys(STATES, 1_500), (), answers(DAY))
    for group in drawn(crowded).iter(f"{SVG}g"):
        if (group.get("id") or "").startswith("region-"):
            _, name, numbers, _ = group.iter(f"{SVG}text")
            assert _at(name) + _width(name) + 10 < _at(numbers) - _width(numbers), name.text


def _at(text: ET.Element) -> int:
    return int(text.get("x", "0"))


def _width(text: ET.Element) -> float:
    # DejaVu Sans Mono, with which pixels are drawn: each character is 0.602 of the size.
    return len(text.text or "") * int(text.get("font-size", "0")) * 0.602
