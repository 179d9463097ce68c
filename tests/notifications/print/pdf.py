"""Reads as much of a PDF as shows what it says, where on the page, and how it is tagged; knows nothing of typst."""

import re
import zlib
from dataclasses import dataclass, field

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_NUMBER = rb"-?[\d.]+"
_STRING = rb"\((?:[^()\\]|\\.)*\)"
for _ in range(8):  # parentheses in balance stand in a string as they are
    _STRING = rb"\((?:[^()\\]|\\.|" + _STRING + rb")*\)"
_TOKEN = re.compile(
    rb"/(?P<tag>\w+)\s*(?:<<(?P<props>.*?)>>\s*)?(?P<begin>BDC|BMC)|(?P<end>EMC)"
    rb"|(?P<save>\bq\b)|(?P<restore>\bQ\b)"
    rb"|(?P<matrix>(?:" + _NUMBER + rb"\s+){6})(?P<placing>cm|Tm)"
    rb"|/(?P<font>\w+)\s+(?P<size>" + _NUMBER + rb")\s+Tf"
    rb"|\[(?P<shown>(?:" + _STRING + rb"|[\s\d.-])*)\]\s*TJ|(?P<plain>" + _STRING + rb")\s*Tj",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Run:
    """Text shown at once, in points from the left and the bottom of ``page`` (from 0); ``tagged`` if no artifact."""

    page: int
    text: str
    left: float
    right: float
    base: float
    size: float
    tagged: bool


@dataclass
class Font:
    """Widths in thousandths of the size, and Unicode, by character id."""

    unicode: dict[int, str]
    widths: dict[int, float] = field(default_factory=dict)


class Pdf:
    """A PDF as typst writes it: objects in plain sight, streams deflated."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.objects = {int(match[1]): match[2] for match in _OBJECT.finditer(content)}
        pages = re.search(rb"/Type/Pages/Count \d+/Kids\[([^\]]*)\]", content)
        assert pages
        self.pages = [int(number) for number in re.findall(rb"(\d+) 0 R", pages[1])]

    def stream(self, number: int) -> bytes:
        """An inflated stream."""
        head, _, rest = self.objects[number].partition(b"stream\n")
        raw = rest.rpartition(b"\nendstream")[0]
        return zlib.decompress(raw) if b"/FlateDecode" in head else raw

    def metadata(self) -> str:
        """The XMP packet."""
        (number,) = [number for number, body in self.objects.items() if b"/Type/Metadata" in body]
        return self.stream(number).decode()

    def tags(self) -> list[str]:
        """The structure types in order of the document's tree, depth first."""
        root = next(body for body in self.objects.values() if body.startswith(b"<</Type/StructTreeRoot"))
        return [tag for kid in self._kids(root) for tag in self._tags(kid)]

    def _tags(self, number: int) -> list[str]:
        body = self.objects[number]
        kind = re.search(rb"/S/(\w+)", body)
        assert kind
        return [kind[1].decode(), *(tag for kid in self._kids(body) for tag in self._tags(kid))]

    def _kids(self, body: bytes) -> list[int]:
        kids = re.search(rb"/K\[([^\]]*)\]", body)
        numbers = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])] if kids else []
        return [number for number in numbers if b"/Type/StructElem" in self.objects[number]]

    def runs(self) -> list[Run]:
        """All text, in order of the pages' content."""
        return [run for page in range(len(self.pages)) for run in self._page(page)]

    def text(self) -> str:
        """All tagged text without what is not seen."""
        return bare("".join(run.text for run in self.runs() if run.tagged))

    def _fonts(self, page: int) -> dict[str, Font]:
        resources = _reference(self.objects[self.pages[page]], b"Resources")
        named = re.search(rb"/Font<<(.*?)>>", self.objects[resources], re.DOTALL)
        assert named
        return {name.decode(): self._font(int(at)) for name, at in re.findall(rb"/(\w+) (\d+) 0 R", named[1])}

    def _font(self, number: int) -> Font:
        body = self.objects[number]
        cmap = self.stream(_reference(body, b"ToUnicode"))
        font = Font(
            {
                int(cid, 16): bytes.fromhex(value.decode()).decode("utf-16-be")
                for cid, value in re.findall(rb"^<([0-9A-F]+)> <([0-9A-F]+)>$", cmap, re.MULTILINE)
            }
        )
        descendant = re.search(rb"/DescendantFonts\[(\d+) 0 R\]", body)
        assert descendant
        widths = re.search(rb"/W\[(.*)\]", self.objects[int(descendant[1])], re.DOTALL)
        assert widths
        for first, last, width in re.findall(rb"(\d+) (\d+) (" + _NUMBER + rb")", widths[1]):
            font.widths |= dict.fromkeys(range(int(first), int(last) + 1), float(width))
        return font

    def _page(self, page: int) -> list[Run]:
        fonts = self._fonts(page)
        runs: list[Run] = []
        matrix: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        text, kept = matrix, list[tuple[float, ...]]()
        marks: list[bool] = []
        font, size = Font({}), 0.0
        for token in _TOKEN.finditer(self.stream(_reference(self.objects[self.pages[page]], b"Contents"))):
            if token["begin"]:
                marks.append(token["tag"] != b"Artifact")
            elif token["end"]:
                marks.pop()
            elif token["save"]:
                kept.append(matrix)
            elif token["restore"]:
                matrix = kept.pop()
            elif token["matrix"]:
                given = tuple(float(number) for number in token["matrix"].split())
                matrix, text = (_product(given, matrix), text) if token["placing"] == b"cm" else (matrix, given)
            elif token["font"]:
                font, size = fonts[token["font"].decode()], float(token["size"])
            else:
                shown, width = _shown(token["shown"] or token["plain"], font)
                place = _product(text, matrix)
                assert place[0] > 0
                right = place[4] + width * size / 1000 * place[0]
                runs.append(Run(page, shown, place[4], right, place[5], size, bool(marks) and all(marks)))
        return runs


def bare(text: str) -> str:
    """The text without spaces and other characters that are not seen."""
    return re.sub("[\\s\u200b\u2068\u2069\u00ad]", "", text)


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert found
    return int(found[1])


def _product(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _shown(array: bytes, font: Font) -> tuple[str, float]:
    """The text of a TJ array and its seen width in thousandths of the size."""
    text, width, seen = "", 0.0, 0.0
    for string, shift in re.findall(rb"(" + _STRING + rb")|(" + _NUMBER + rb")", array, re.DOTALL):
        if shift:
            width -= float(shift)
            continue
        codes = _ESCAPE.sub(_unescaped, string[1:-1])
        for cid in (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)):
            text += font.unicode.get(cid, "")
            width += font.widths.get(cid, 0)
            # A space at the end of a line hangs over it and is not seen.
            seen = width if bare(text[-1:]) else seen
    return text, seen


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if code.isdigit() else _LETTERS.get(code, code)
