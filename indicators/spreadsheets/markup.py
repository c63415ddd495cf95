"""Reads XML that somebody else has made, piece by piece: no entities, nothing deep, nothing huge.

Goes in: pieces of a part and the handlers of whoever reads it; a fault is UnreadableFile. Names
keep their prefix; `local` takes it off. A part is one namespace in practice, so a reader learns its
prefix from the first element and compares whole names after that, which costs least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from indicators.spreadsheets.limits import UnreadableFile

# Excel's longest text is 32,767 characters; expat reads a tag again from its start for each piece.
TAG_BYTES = 1_000_000
DEPTH = 100

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]


def make_parser() -> expat.XMLParserType:
    """A parser that refuses document types and entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def parse(
    pieces: Iterable[bytes],
    part: str,
    *,
    start: OnStart,
    end: OnEnd,
    text: OnText,
    parser: expat.XMLParserType | None = None,
) -> None:
    """Calls the handlers through to the end of the part. They bound the depth by themselves."""
    parser = parser or make_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > TAG_BYTES:
                raise UnreadableFile("damaged", part=part)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnreadableFile("damaged", part=part) from error


def each_element(
    pieces: Iterable[bytes],
    part: str,
    found: Callable[[tuple[str, ...], Attributes, str], None],
) -> None:
    """Tells each element of a small part as it ends: local names from the root, attributes, text.

    Of an element that has others, the text is what stands in it outside of them.
    """
    path: list[str] = []
    opened: list[tuple[Attributes, list[str]]] = []

    def start(name: str, attributes: Attributes) -> None:
        path.append(local(name))
        if len(path) > DEPTH:
            raise UnreadableFile("damaged", part=part)
        opened.append(({local(key): value for key, value in attributes.items()}, []))

    def end(_name: str) -> None:
        attributes, texts = opened.pop()
        found(tuple(path), attributes, "".join(texts))
        path.pop()

    def text(piece: str) -> None:
        opened[-1][1].append(piece)

    parse(pieces, part, start=start, end=end, text=text)


def local(name: str) -> str:
    """
    >>> local("x:row"), local("row")
    ('row', 'row')
    """
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise UnreadableFile("declares_entities")
