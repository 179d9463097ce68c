"""Pictures of who learned from whom: all that is recorded is in the scene, legible for three hundred homes."""

import datetime as dt
import random
import re
import struct
from xml.etree import ElementTree as ET

import pytest

from services.recruitment.domain.practices.spread_kind import AdoptionStatus
from services.recruitment.domain.practices.spreading import Lesson, Link, Place
from services.recruitment.pictures import drawing, learning, spread
from services.recruitment.pictures.learning import learning_scene
from services.recruitment.pictures.scene import Line, Look, Scene, clean, described, foot
from services.recruitment.pictures.spread import spread_scene
from shared.contracts.recruitment.adoptions import Way
from shared.program.states import STATES

DAY = dt.date(2015, 1, 5)
CODES = sorted(STATES)[:25]
HOSTILE = "</text><script>alert(1)</script> $x_1$ \u202eevil\n" + "Very long " * 20


def homes(many: int) -> tuple[dict[str, Place], dict[str, str]]:
    names = {f"h{number}": f"Willowbrook Manor {number}" for number in range(many)}
    return {one: Place(CODES[number % 25], "Q") for number, one in enumerate(names)}, names


def links(many: int, fan: int = 3) -> list[Link]:
    """A tree in which everybody tells three others; every fourth gave it up, every fourth tries it still."""
    found = [Link("h0", None, None, DAY, 0, AdoptionStatus.ADOPTED, DAY)]
    kinds = (AdoptionStatus.ADOPTED, AdoptionStatus.TRYING, AdoptionStatus.ADOPTED, AdoptionStatus.ABANDONED)
    for number in range(1, many):
        teacher, on, status = found[(number - 1) // fan], DAY + dt.timedelta(days=number), kinds[number % 4]
        adopted = on if status is AdoptionStatus.ADOPTED else None
        found.append(Link(f"h{number}", teacher.participant, Way.PEER, on, teacher.generation + 1, status, adopted))
    return found


def spreading(many: int, fan: int = 3, name: str = "Hourly rounds") -> Scene:
    return spread_scene(name, links(many, fan), *homes(many), DAY)


def circle(many: int) -> Scene:
    picked = random.Random(3)
    learners = [picked.randrange(many) for _ in range(many)]
    lessons = [Lesson(f"h{one}", f"h{two}", ("a", "b")[: one % 2 + 1], DAY) for one, two in enumerate(learners)]
    apart = [one for one in lessons if one.teacher != one.learner]
    return learning_scene("Homes", apart, [("h0", "h1"), ("h2", "h3")], *homes(many), DAY)


def test_few_stand_one_by_one_in_their_generation_with_their_status() -> None:
    scene = spreading(8)
    assert [(one.key, one.look) for one in scene.nodes] == [
        ("h0", Look.FIRST),
        ("h1", Look.TRYING),
        ("h2", Look.ADOPTED),
        ("h3", Look.ABANDONED),
        ("h4", Look.ADOPTED),
        ("h5", Look.TRYING),
        ("h6", Look.ADOPTED),
        ("h7", Look.ABANDONED),
    ]
    assert [words for _, words in scene.columns] == ["First", "Heard at first hand", "Heard at second hand"]
    assert len({one.x for one in scene.nodes}) == 3
    assert {(one.source, one.target) for one in scene.arrows} == {
        (link.teacher, link.participant) for link in links(8) if link.teacher
    }
    assert scene.shown == 7
    assert scene.headline == "4 adopters in 4 states"
    assert scene.remarks == ("2 trying, 2 gave it up; 6 days from the first adopter to the latest.",)


def test_three_hundred_stand_by_generation_and_state_and_nobody_is_left_out() -> None:
    scene = spreading(300)
    assert len(scene.nodes) <= 1 + (spread.COLUMNS - 1) * spread.ROWS
    assert sum(one.many for one in scene.nodes) == 300
    assert sum(one.many for one in scene.arrows) == 299
    for column in {one.x for one in scene.nodes}:
        heights = [one.y for one in scene.nodes if one.x == column]
        assert len(set(heights)) == len(heights) <= spread.ROWS
    assert scene.shown <= spread.ARROWS
    # Whatever is drawn leads to the right.
    places = {one.key: one.x for one in scene.nodes}
    assert all(places[one.source] < places[one.target] for one in scene.arrows[: scene.shown])
    assert {places[one.source] for one in scene.arrows[: scene.shown]} == set(sorted(set(places.values()))[:-1])
    assert scene.columns[-1][1] == "At fourth hand or later"


def test_a_practice_without_an_origin_begins_with_the_network() -> None:
    link = Link("h1", None, Way.NOTICE, DAY, 1, AdoptionStatus.TRYING, None)
    scene = spread_scene("Rounds", [link], *homes(2), DAY)
    assert [one.label for one in scene.nodes] == ["The network", "Willowbrook Manor 1"]
    assert [(one.source, one.target) for one in scene.arrows] == [(spread.NETWORK, "h1")]


def test_a_network_of_few_shows_each_and_of_many_their_states() -> None:
    few, many = circle(10), circle(300)
    assert {one.key for one in few.nodes} <= {f"h{number}" for number in range(10)}
    assert few.shown == len(few.arrows)
    assert few.lines() == (Line.PRACTICE, Line.PAIRING)
    assert len(many.nodes) <= learning.NODES
    assert sum(one.many for one in many.nodes) == 300
    assert many.shown == learning.ARROWS < len(many.arrows)
    weights = [one.many for one in many.arrows]
    assert weights == sorted(weights, reverse=True)
    assert f"{learning.ARROWS} strongest" in " ".join(many.remarks)
    assert any(one.label.startswith("others (") for one in many.nodes)


def test_what_was_learned_within_a_state_is_told_beside_it() -> None:
    places = {f"h{number}": Place("MA" if number < 12 else "NY", "Q") for number in range(20)}
    names = {one: one for one in places}
    lessons = [Lesson("h0", f"h{number}", ("a",), DAY) for number in range(1, 20)]
    scene = learning_scene("Homes", lessons, [], places, names, DAY)
    assert [one.label for one in scene.nodes] == ["MA (12, 11 within)", "NY (8)"]
    assert [(one.source, one.target, one.many) for one in scene.arrows] == [("MA", "NY", 8)]


def test_the_description_has_every_node_and_arrow() -> None:
    for scene in (spreading(300), circle(300), spreading(8), circle(10)):
        said = described(scene)
        assert len(said) == 3 + len(scene.remarks) + len(scene.nodes) + len(scene.arrows)
        assert said[0] == f"{scene.headline}."


def test_where_there_is_nothing_there_is_no_picture() -> None:
    with pytest.raises(ValueError, match="nobody has taken the practice up"):
        spread_scene("Rounds", [], {}, {}, DAY)
    with pytest.raises(ValueError, match="nobody has learned"):
        learning_scene("Homes", [], [], {}, {}, DAY)


SCENES = [spreading(8), spreading(19, 2), spreading(300), circle(10), circle(300)]


@pytest.mark.parametrize("scene", SCENES, ids=["few", "deep", "many", "circle", "states"])
def test_an_svg_has_the_same_bytes_each_time_and_letters_to_be_read_from_afar(scene: Scene) -> None:
    written = drawing.as_svg(scene)
    assert written == drawing.as_svg(scene)
    assert "dc:date" not in written
    sizes = [float(size) for size in re.findall(r"([0-9.]+)px", written)]
    assert sizes
    assert min(sizes) >= 16
    root = ET.fromstring(written)
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}desc") == "\n".join(described(scene))
    texts = {"".join(one.itertext()).strip() for one in root.iter(f"{space}text")}
    assert scene.headline in texts
    for node in scene.nodes:
        assert any(text.endswith(node.tail) and text[:4] == node.label[:4] for text in texts)


@pytest.mark.parametrize("scene", SCENES, ids=["few", "deep", "many", "circle", "states"])
def test_words_stay_on_the_sheet_and_off_each_other(scene: Scene) -> None:
    with drawing.settled():
        figure = drawing.figure(scene)
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        boxes = [(one.get_text(), one.get_window_extent(renderer)) for one in figure.texts]
    for text, box in boxes:
        assert 0 <= box.x0 < box.x1 <= 1600, text
        assert 0 <= box.y0 < box.y1 <= 900, text
    for number, (text, box) in enumerate(boxes):
        for other, beside in boxes[number + 1 :]:
            # A pixel of touching is the room that letters leave above them.
            apart = box.x1 <= beside.x0 or beside.x1 <= box.x0 or box.y1 <= beside.y0 + 4 or beside.y1 <= box.y0 + 4
            assert apart, (text, other)


def test_a_png_is_1600_by_900() -> None:
    assert struct.unpack(">II", drawing.as_png(spreading(8))[16:24]) == (1600, 900)


def test_hostile_names_are_inert() -> None:
    places, _ = homes(8)
    scene = spread_scene(HOSTILE, links(8), places, dict.fromkeys(places, HOSTILE), DAY)
    root = ET.fromstring(drawing.as_svg(scene))
    assert not any("script" in one.tag for one in root.iter())
    assert clean("a\u202eb\n c") == "ab c"
    assert len(clean(HOSTILE)) <= 80


def test_a_picture_that_names_facilities_says_whom_it_is_for() -> None:
    assert foot(dt.date(2015, 3, 6)) == "For staff. Source: what the network recorded, as of 2015-03-06."
