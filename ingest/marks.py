"""Tags and emphasis marks that stand in a text: taken out of the reading, with the way back to the source kept."""

from __future__ import annotations

import re

from schema.evidence import NOTHING, Piece, Reading, cut_reading, read_span

# A tag of HTML as word processors leave them: `<p>`, `</ul>`, `<ul style="...">`, `<br/>`. `<12 months` is no tag.
_TAG = re.compile(
    r"</?(?P<name>p|ul|ol|li|i|b|u|em|strong|span|div|br|sup|sub|h[1-6]|a|table|tr|td|th|font)\b[^<>]*>", re.IGNORECASE
)
_BREAKING = frozenset(
    ["p", "ul", "ol", "li", "div", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "table"]
)
# `**word**`, `*a phrase*`, `***"quoted"***`: marks hug their words. A lone `*` is a withheld value and stays.
_EMPHASIS = re.compile(r"(?<![\w*])(?P<open>\*{1,3}|_{2,3})(?=[^\s*])(?P<inside>[^\n]{0,400}?[^\s*])(?P=open)(?![\w*])")
_BULLET_SIGN = re.compile(r"[•●▪◦‣·∙○■◼◾]")  # by itself it is looked for quickly
_BULLET = re.compile(rf"\s*{_BULLET_SIGN.pattern}\s+")
_MARKED = re.compile(
    r"[<*•●▪◦‣·∙○■◼◾\t\n\r\f\v\u2070\u00b9\u00b2\u00b3\u2074-\u2079]|__|\s\s"
)  # most lines have no mark at all
_WHITE_SPACE = re.compile(r"\s{2,}|[\t\n\r\f\v]")
# A line's end behind a word's hyphen; the mark of a footnote ("38%¹", "this area²"), but not the square in "m²".
_WITHIN_WORDS = re.compile(
    r"(?<=\w-)\n(?=\w)|(?:(?<=[A-Za-z]{3})|(?<=[\d%.,;:)\]’”'\"]))[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+(?:,[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)*"
)
_SUPPLIED_BREAK = "\n"


def unmark(text: str, start: int, end: int, page: int | None = None) -> Reading:
    """The reading of `text[start:end]` without its tags and emphasis marks.

    A tag that starts a new paragraph or list item, and a bullet inside a cell, become a line break; runs of white space
    become one space.
    """
    source = text[start:end]
    if not source.strip():
        return NOTHING
    if not _MARKED.search(source):
        plain = source.strip()
        return read_span(text, start + source.index(plain), start + source.index(plain) + len(plain), page)
    cuts = sorted(_cuts(source))
    out, position = "", 0
    pieces: list[Piece] = []
    for low, high, supplied in [*cuts, (len(source), len(source), "")]:
        if low < position:
            continue
        if out.endswith(_SUPPLIED_BREAK):
            position += len(source[position:low]) - len(source[position:low].lstrip())
        if low > position:
            pieces.append(Piece(len(out), page, start + position, low - position))
            out += source[position:low]
        if supplied == _SUPPLIED_BREAK:
            out, pieces = _without_last_space(out, pieces)
        if supplied and out and not out.endswith((_SUPPLIED_BREAK, " ")):
            out += supplied
        position = high
    return cut_reading(Reading(out, tuple(pieces)), len(out) - len(out.lstrip()), len(out.rstrip()))


def _without_last_space(out: str, pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """A line break takes the place of the space before it."""
    kept = out.rstrip(" ")
    last = pieces[-1] if pieces else None
    if last and last.at + last.length > len(kept):
        pieces = [*pieces[:-1], last._replace(length=len(kept) - last.at)] if len(kept) > last.at else pieces[:-1]
    return kept, pieces


def _cuts(source: str) -> list[tuple[int, int, str]]:
    """Spans to leave out, with what is set in their place."""
    cuts: list[tuple[int, int, str]] = []
    if "<" in source:
        breaks = ((m, m["name"].lower() in _BREAKING) for m in _TAG.finditer(source))
        cuts += [(m.start(), m.end(), _SUPPLIED_BREAK if broken else "") for m, broken in breaks]
    if "*" in source or "__" in source:
        for m in _EMPHASIS.finditer(source):
            cuts += [(m.start("open"), m.end("open"), ""), (m.end("inside"), m.end(), "")]
    if _BULLET_SIGN.search(source):
        cuts += [(m.start(), m.end(), _SUPPLIED_BREAK if m.start() else "") for m in _BULLET.finditer(source)]
    cuts += [(m.start(), m.end(), "") for m in _WITHIN_WORDS.finditer(source)]
    cuts += [(m.start(), m.end(), " ") for m in _WHITE_SPACE.finditer(source)]
    return cuts
