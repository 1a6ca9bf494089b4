"""Items of lists that carry no bullet, or one whose depth only its indent shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.lines import Line, looks_like_heading, opening

_INDENT = 5.0
_QUOTES = "\"'“‘"


class Form(NamedTuple):
    """How a line of the body stands on its page: where it begins, where its further printed lines do, and its style."""

    x0: float
    hanging: tuple[float, ...] = ()
    stands_out: bool = False
    centred: bool = False


def mark_items(lines: Sequence[Line], forms: Sequence[Form]) -> list[Line]:
    """The lines, those that are items of a list told so. A list follows a line that ends with a colon."""
    left = _body_left(forms)
    marked: list[Line] = []
    depths: list[float] = []  # where the items of the list begin, level by level
    lead: Line | None = None
    for i, (line, form) in enumerate(zip(lines, forms, strict=True)):
        start = opening(line.text)
        if line.caption:
            lead, depths = None, []
            marked.append(line)
            continue
        if start.item:
            depths = _enter(depths, form.x0)
            marked.append(line._replace(level=len(depths)))
            lead = line if line.text.rstrip().endswith(":") else lead
            continue
        ahead = forms[i + 1].x0 > left + _INDENT if i + 1 < len(lines) else False
        plain = start.number is None and not line.cells and not form.stands_out and not line.continues
        if lead and plain and _is_member(line, form, lead, marked[-1], left, ahead=ahead):
            marked.append(line._replace(level=1))
            continue
        if not line.continues:
            lead, depths = None, []
        if line.text.rstrip().endswith(":") and not line.cells:
            lead = line
        marked.append(line)
    return marked


def _body_left(forms: Iterable[Form]) -> float:
    """Where the paper's paragraphs begin, told from the lines that go on with one."""
    lefts = Counter(round(x) for form in forms for x in form.hanging)
    if not lefts:
        lefts = Counter(round(form.x0) for form in forms)
    return float(max(lefts, key=lambda x: (lefts[x], -x))) if lefts else 0.0


def _enter(depths: list[float], x0: float) -> list[float]:
    outer = [x for x in depths if x <= x0 + _INDENT]
    return outer if outer and abs(outer[-1] - x0) <= _INDENT else [*outer, x0]


def _is_member(line: Line, form: Form, lead: Line, last: Line, left: float, *, ahead: bool) -> bool:
    """Whether a line without a bullet is an item of the list that `lead` opens: indented, ended as items are, or standing
    below a numbered paragraph without a number of its own."""
    text = line.text.strip()
    if text[:1] in _QUOTES or form.centred:
        return False
    if form.x0 > left + _INDENT or text.endswith(";") or last.text.rstrip().endswith(";"):
        return True
    if last is lead and ahead:
        return True
    numbered = opening(lead.text).number is not None
    return numbered and not looks_like_heading(text) and last.level > 0
