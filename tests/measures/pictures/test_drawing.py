"""Drawing of every kind: the same bytes each time, words inside the sheet, names inert, big enough to be read."""

import itertools
import math
import re
import struct
from collections.abc import Callable

import pytest
from matplotlib.text import Text

from services.measures.pictures import drawing, words
from services.measures.pictures.describing import Scene, described
from services.measures.pictures.drawing import style
from services.measures.pictures.drawing.canvas import Canvas
from services.measures.pictures.drawing.labels import apart
from tests.measures.pictures import scenes
from tests.measures.pictures.svg import Read

EVERY: list[Callable[[], Scene]] = [
    scenes.control_chart,
    scenes.restated_chart,
    scenes.run_chart,
    scenes.funnel_plot,
    scenes.goal_line,
    scenes.tap_bars,
    scenes.gap_bars,
    scenes.disparity_picture,
    scenes.change_picture,
]


@pytest.mark.parametrize("made", EVERY)
def test_an_svg_has_the_same_bytes_each_time_and_tells_neither_day_nor_maker(made: Callable[[], Scene]) -> None:
    first = drawing.as_svg(made())
    assert first == drawing.as_svg(made())
    assert "dc:date" not in first
    assert "Matplotlib" not in first
    assert "'DejaVu Sans', Verdana, sans-serif" in first


@pytest.mark.parametrize("made", EVERY)
def test_every_picture_says_headline_measure_direction_source_day_and_status(made: Callable[[], Scene]) -> None:
    scene = made()
    read = Read(scene)
    for text in (scene.told.subject, scene.told.measure, scene.told.better):
        assert text in read.texts
    assert scene.told.headline in " ".join(read.texts)
    assert "as of 2020-05-01" in scene.told.foot
    assert scene.told.foot in read.texts
    assert read.description == "\n".join(described(scene))
    assert read.root.get("role") == "img"
    assert read.root.get("aria-labelledby") == "qio-title qio-desc"


@pytest.mark.parametrize("made", EVERY)
def test_no_letter_is_smaller_than_sixteen_points(made: Callable[[], Scene]) -> None:
    sizes = [float(size) for size in re.findall(r"([0-9.]+)px", drawing.as_svg(made()))]
    assert sizes
    assert min(sizes) >= 16  # 72 units of the SVG are an inch of the sheet of 16 by 9: units are points


def test_a_png_is_1600_by_900() -> None:
    picture = drawing.as_png(scenes.goal_line())
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1600, 900)


@pytest.mark.parametrize("number", range(7))
def test_hostile_names_are_inert_and_stay_on_the_sheet(number: int) -> None:
    scene = scenes.hostile()[number]
    read = Read(scene)
    assert not {"script", "image", "foreignObject"} & read.elements()
    assert any("$\\frac{1}{0}$ <script>" in text for text in read.texts)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", read.written)
    assert "(lookup" not in read.written
    with style.drawing():
        canvas = Canvas(scene.told)
        for text in read.texts:
            assert canvas.width(text, style.SMALLEST) <= 1, text


@pytest.mark.parametrize("number", range(7))
def test_what_is_drawn_lies_within_the_sheet(number: int) -> None:
    scene = scenes.hostile()[number]
    with style.drawing():
        canvas = drawing.canvas_of(scene)
        canvas.figure.draw_without_rendering()  # axes place their words when they are drawn
        renderer = canvas.renderer
        written = [one for one in canvas.figure.findobj(Text) if isinstance(one, Text) and one.get_text()]
        assert written
        for text in written:
            box = text.get_window_extent(renderer)
            assert box.x0 >= 0, text
            assert box.x1 <= 1600, text
            assert box.y0 >= 0, text
            assert box.y1 <= 900, text


def test_marks_that_pile_up_on_a_letter_are_left_out() -> None:
    assert words.clean("a" + "\u0301" * 50 + "b") == "a\u0301\u0301b"
    assert words.clean(" two\n lines\t") == "two lines"
    assert words.clean("x" * 400) == "x" * 299 + "…"
    assert words.clean("\ud800\ufffe") == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0"), (0.0123, "0.012"), (1.5, "1.5"), (15.1726, "15.2"), (1234.5, "1,234"), (100.0, "100"), (-0.2, "-0.2"),
     (-0.0001, "0"), (7.0, "7"), (9.999, "10")],
)  # fmt: skip
def test_numbers_have_three_figures_and_no_exponent(value: float, said: str) -> None:
    assert words.number(value) == said


def test_words_beside_lines_keep_a_step_apart_and_near_their_lines() -> None:
    found = apart([0.5, 0.505, 0.51, 0.9], 0.03)
    assert found == pytest.approx([0.475, 0.505, 0.535, 0.9])
    assert all(later - one >= 0.03 - 1e-12 for one, later in itertools.pairwise(found))
    assert not any(math.isnan(one) for one in found)
