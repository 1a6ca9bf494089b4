from __future__ import annotations

from collections.abc import Iterable

from ingest.blocks import build_blocks
from ingest.pdf_characters import PageObjects, Word
from ingest.pdf_islands import caption_lines
from ingest.pdf_pages import compose, print_captions
from schema.paper import Block

CAPTIONS = (
    ("12.4%", "of pupils missed", "a day a week in", "2021 (2020: 9.8%)"),
    ("3.6 per 1,000", "Rate of fires at", "home (region 4.1", "per 1,000)"),
    ("870", "Young carers known", "to the council in", "March 2021"),
)


def page(captions: Iterable[tuple[float, float, tuple[str, ...]]]) -> PageObjects:
    """A page of captions, each from its left and top; their first line is larger."""
    words: list[Word] = []
    count = 0
    for left, top, lines in captions:
        for i, line in enumerate(lines):
            x, high, y = left, 11.0 if i == 0 else 8.0, top + (0 if i == 0 else 4 + 9 * i)
            for text in line.split():
                words.append(Word(text, x, y, x + 0.5 * high * len(text), y + high, count, count + len(text), True))
                x, count = x + 0.5 * high * (len(text) + 0.5), count + len(text)
    none = [None] * len(words)
    return PageObjects(
        1, 842, 595, words, letters=none, bold=[False] * len(words), sure=[0.95] * len(words), pictures=1
    )


def scattered() -> PageObjects:
    lefts = ((40, 190, 330), (95, 240, 385), (60, 215, 350))
    return page(
        (left, 60 + 120 * band, lines)
        for band, row in enumerate(lefts)
        for left, lines in zip(row, CAPTIONS, strict=True)
    )


def test_each_caption_is_a_paragraph_with_its_number_in_it() -> None:
    objects = scattered()
    lines = caption_lines(objects)
    assert lines is not None
    composed = compose([print_captions(objects, lines)])
    body = build_blocks(composed.lines, lambda _: composed.pages[0].text, wrapped=False)
    assert [part.text for part in body if isinstance(part, Block)] == [" ".join(one) for one in CAPTIONS] * 3
    assert all(part.number is None for part in body if isinstance(part, Block))
    assert [composed.pages[0].text[w.start : w.end] for w in composed.pages[0].recognised][:2] == ["12.4%", "of"]


def test_texts_that_stand_in_columns_are_no_captions() -> None:
    in_columns = ((left, 60 + 70 * row, CAPTIONS[i]) for row in range(6) for i, left in enumerate((40, 240, 440)))
    assert caption_lines(page(in_columns)) is None


def test_prose_is_no_captions() -> None:
    line = "The board heard that the work of the year had gone on as it had been planned in the spring of the year"
    assert caption_lines(page([(40, 60 + 40 * i, (line, line, line)) for i in range(8)])) is None
