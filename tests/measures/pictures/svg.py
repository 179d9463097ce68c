"""What an SVG says: its texts as a reader finds them, its title and its description."""

from xml.etree import ElementTree as ET

from services.measures.pictures import drawing
from services.measures.pictures.describing import Scene

_SPACE = "{http://www.w3.org/2000/svg}"


class Read:
    """An SVG of a scene; raises what a parser raises for a document that is none."""

    def __init__(self, scene: Scene) -> None:
        self.written = drawing.as_svg(scene)
        self.root = ET.fromstring(self.written)
        self.texts = ["".join(one.itertext()).strip() for one in self.root.iter(f"{_SPACE}text")]
        self.title = self._only("title")
        self.description = self._only("desc")

    def _only(self, tag: str) -> str:
        (found,) = self.root.findall(f"{_SPACE}{tag}")
        return found.text or ""

    def elements(self) -> set[str]:
        """The names of all elements."""
        return {one.tag.removeprefix(_SPACE) for one in self.root.iter()}
