"""The question sheet: the issues as a PDF to print and take to a meeting, with room for the answers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from app.issue_text import SHORT_ID, TITLES, Shown, shown_places, tally_line
from app.layout import harmless
from app.listings import place_of
from schema.records import Issue, PaperRecord

_INK, _GREY, _RULE = HexColor("#1d2733"), HexColor("#5f6b78"), HexColor("#c9d1d9")
_MARK: Final[dict[str, Color]] = {
    "error": HexColor("#a4262c"),
    "warning": HexColor("#9a6700"),
    "info": HexColor("#31628c"),
}
_LONGEST_QUOTE: Final = 420
_PLACES_SHOWN: Final = 6
_FRAME_PADDING: Final = 6  # points, of ReportLab's frames


def question_sheet(issues: Sequence[Issue], papers: Mapping[str, PaperRecord]) -> bytes:
    """The sheet as a PDF: the same bytes for the same issues. `papers` are by sha256."""
    _register_fonts()
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        title="Do the papers tally?",
        author="papertally",
        lang="en-GB",
        invariant=1,
    )
    footer = partial(_footer, total=len(issues))
    document.build(
        list(_story(issues, papers, document.width - 2 * _FRAME_PADDING)), onFirstPage=footer, onLaterPages=footer
    )
    return buffer.getvalue()


@cache
def _register_fonts() -> None:
    """Bitstream Vera, which comes with ReportLab: the built-in fonts lack characters that papers print, such as ≥."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Sheet", "Vera.ttf"), ("Sheet-Bold", "VeraBd.ttf"), ("Sheet-Italic", "VeraIt.ttf")):
        pdfmetrics.registerFont(TTFont(name, folder / file))
    pdfmetrics.registerFontFamily(
        "Sheet", normal="Sheet", bold="Sheet-Bold", italic="Sheet-Italic", boldItalic="Sheet-Bold"
    )


def _style(size: float, leading: float, colour: Color = _INK, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("", fontName="Sheet", fontSize=size, leading=leading, textColor=colour, **more)


def _story(issues: Sequence[Issue], papers: Mapping[str, PaperRecord], width: float) -> Iterator[Flowable]:
    yield Paragraph("<b>Do the papers tally?</b>", _style(17, 22))
    yield Paragraph(_of_whom(issues, papers), _style(9, 13, _GREY, spaceAfter=2))
    yield Paragraph(
        f"{tally_line(issues)} A question is no verdict: it shows places that do not seem to fit together, and asks.",
        _style(9, 13, _GREY),
    )
    yield Spacer(0, 4 * mm)
    for number, issue in enumerate(issues, 1):
        yield from _question(number, issue, papers, width)


def _of_whom(issues: Sequence[Issue], papers: Mapping[str, PaperRecord]) -> str:
    asked = {place.sha256 for issue in issues for place in issue.evidence}
    found = [papers[sha] for sha in asked if sha in papers]
    councils = sorted({paper.council for paper in found if paper.council})
    days = sorted(paper.meeting_date for paper in found if paper.meeting_date)
    when = "" if not days else _day(days[0]) if days[0] == days[-1] else f"{_day(days[0])} to {_day(days[-1])}"
    parts = [", ".join(councils), f"{len(found)} {'paper' if len(found) == 1 else 'papers'}", when]
    return _safe(" · ".join(part for part in parts if part))


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"


def _question(number: int, issue: Issue, papers: Mapping[str, PaperRecord], width: float) -> Iterator[Flowable]:
    mark = _MARK[issue.severity]
    kind = "remark" if issue.severity == "info" else issue.severity
    decided = "" if issue.status == "open" else f" · {issue.status}"
    title = TITLES.get(issue.check, issue.check)
    head = Paragraph(
        f'<font color="{mark.hexval().replace("0x", "#")}"><b>{kind.upper()}</b></font> · {_safe(title)} · '
        f"{issue.id[:SHORT_ID]}{decided}",
        _style(7.5, 10, _GREY),
    )
    asked = Paragraph(f"<b>{_safe(issue.message)}</b>", _style(10.5, 14.5, spaceBefore=2, spaceAfter=4))
    shown = shown_places(issue)
    places: list[Flowable] = [_place(one, papers, width - 12 * mm) for one in shown[:_PLACES_SHOWN]]
    if len(shown) > _PLACES_SHOWN:
        more = f"and {len(shown) - _PLACES_SHOWN} more places: tally check --format md lists all"
        places.append(Paragraph(more, _style(8, 11, _GREY)))
    answer: list[Flowable] = [
        Paragraph("Answer", _style(7.5, 10, _GREY, spaceBefore=5)),
        Spacer(0, 5 * mm),
        HRFlowable(width="100%", thickness=0.4, color=_RULE),
        Spacer(0, 6 * mm),
        HRFlowable(width="100%", thickness=0.4, color=_RULE),
    ]
    cells = [[Paragraph(f"<b>{number}</b>", _style(13, 16, mark)), [head, asked, *places, *answer]]]
    row = Table(cells, colWidths=[10 * mm, width - 10 * mm], splitInRow=1)
    row.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    yield KeepTogether([row, Spacer(0, 6 * mm)])


def _place(shown: Shown, papers: Mapping[str, PaperRecord], width: float) -> Flowable:
    """A quote with the words in question in bold, and beneath it where it stands."""
    quote = Paragraph(_with_bold(shown), _style(9, 12.5))
    paper = papers.get(shown.place.sha256)
    met = f", {_day(paper.meeting_date)}" if paper and paper.meeting_date else ""
    page = f", page {shown.place.page}" if shown.place.page and shown.place.paragraph else ""
    par = place_of(shown.place)
    where = f"{shown.place.paper}{met}" + (f", {'par. ' if shown.place.paragraph else ''}{par}" if par else "") + page
    box = Table([[[quote, Paragraph(_safe(where), _style(7.5, 10.5, _GREY, spaceBefore=1.5))]]], colWidths=[width])
    box.setStyle(
        TableStyle(
            [
                ("LINEBEFORE", (0, 0), (0, -1), 1.6, _RULE),
                ("LEFTPADDING", (0, 0), (-1, -1), 7),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ]
        )
    )
    return box


def _with_bold(shown: Shown) -> str:
    quote = _shortened(shown.quote, shown.printed)
    words = sorted({word for word in shown.printed if word and len(word) < len(shown.quote)}, key=len, reverse=True)
    if not words:
        return _safe(quote)
    pattern = "|".join(rf"(?<![\w.,]){re.escape(word)}(?!\w|[.,]\d)" for word in words)
    pieces = re.split(f"({pattern})", quote)
    return "".join(f"<b>{escape(piece)}</b>" if i % 2 else escape(piece) for i, piece in enumerate(pieces))


def _shortened(quote: str, printed: Sequence[str]) -> str:
    """A long quote from a little before the first of the words in question."""
    if len(quote) <= _LONGEST_QUOTE:
        return quote
    at = min((quote.find(word) for word in printed if word in quote), default=0)
    start = max(0, min(at - _LONGEST_QUOTE // 3, len(quote) - _LONGEST_QUOTE))
    cut = quote[start : start + _LONGEST_QUOTE]
    return ("… " if start else "") + cut.strip() + (" …" if start + _LONGEST_QUOTE < len(quote) else "")


def _safe(text: str) -> str:
    return escape(harmless(" ".join(text.split())))


def _footer(canvas: Any, document: Any, total: int) -> None:
    canvas.saveState()
    canvas.setFont("Sheet", 7.5)
    canvas.setFillColor(_GREY)
    canvas.drawString(20 * mm, 10 * mm, f"papertally · {total} {'question' if total == 1 else 'questions'}")
    canvas.drawRightString(A4[0] - 20 * mm, 10 * mm, f"Page {document.page}")
    canvas.restoreState()
