"""Tables of indicators with numerators, denominators and what they give, correctly rounded; and with one digit wrong."""

from __future__ import annotations

import hashlib
import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from audit.case import Case
from schema.evidence import Evidence
from schema.paper import Page
from schema.period import Period
from schema.records import Figure, PaperRecord, Role
from schema.rounding import interval

_MEASURES = (
    "% of assessments completed in time",
    "% of visits made on time",
    "% of reviews held on time",
    "% of plans up to date",
    "% of health checks completed",
    "% of care leavers in touch",
)
_HEAD = "Ref\tMeasure\tNum\tDenom\tMar 23\tTarget"


class Row(NamedTuple):
    """One indicator: a part of a whole in per cent, with so many decimals."""

    measure: str
    part: int
    whole: int
    printed: str

    def line(self, ref: int) -> str:
        return f"1.{ref}\t{self.measure}\t{self.part:,}\t{self.whole:,}\t{self.printed}%\t90%"


def generated_table(seed: int) -> list[Row]:
    """A table of six rows. No two rows count the same, so that none looks copied."""
    dice = random.Random(seed)
    decimals = dice.choice((0, 1, 1, 2))
    rows = []
    for number, measure in enumerate(_MEASURES):
        whole = dice.randint(20, 4000) + number
        part = dice.randint(1, whole - 1)
        rows.append(Row(measure, part, whole, _rounded(part, whole, decimals)))
    return rows


def with_one_digit_changed(table: list[Row], seed: int) -> list[Row]:
    """The table with a digit of one printed value changed, beyond what its rounding allows."""
    dice = random.Random(-seed)
    at = dice.randrange(len(table))
    row = table[at]
    places = [i for i, c in enumerate(row.printed) if c.isdigit()]
    while True:
        place, digit = dice.choice(places), dice.choice("0123456789")
        printed = row.printed[:place] + digit + row.printed[place + 1 :]
        stands_for = interval(Decimal(printed))
        if not stands_for.low <= Decimal(row.part) * 100 / row.whole <= stands_for.high:
            return [*table[:at], row._replace(printed=printed), *table[at + 1 :]]


def as_text(table: list[Row]) -> str:
    """The table in a report."""
    return "5. Performance\n\n" + "\n".join([_HEAD, *(row.line(i) for i, row in enumerate(table, start=1))]) + "\n"


def _rounded(part: int, whole: int, decimals: int) -> str:
    exact = Decimal(part) * 100 / whole
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def as_case(table: list[Row]) -> Case:
    """The table's figures as they are read, and the text they stand in."""
    text, paper = as_text(table), "paper.txt"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    march = Period.month_end(2023, 3)
    figures = []
    for ref, row in enumerate(table, start=1):
        line = row.line(ref)
        start = text.index(line)
        at = start
        for role, printed, unit in _cells(row):
            at = text.index(f"\t{printed}\t", at) + 1
            place = Evidence(
                paper=paper,
                sha256=sha256,
                start=at,
                end=at + len(printed),
                text=printed,
                quote=line.replace("\t", " | "),
            )
            value = Decimal(printed.replace(",", "").rstrip("%"))
            figures.append(
                Figure(
                    evidence=place,
                    extractor="table",
                    value=value,
                    unit=unit,
                    role=role,
                    metric=f"westhaven.{ref}",
                    metric_text=row.measure,
                    period=march,
                    basis="snapshot",
                )
            )
    record = PaperRecord(
        paper=paper, sha256=sha256, council="Westhaven", body=None, meeting_date=date(2023, 6, 20), title="Performance"
    )
    page = Page(number=None, text=text)
    return Case(council="Westhaven", papers=(record,), figures=tuple(figures), pages={sha256: (page,)})


def _cells(row: Row) -> tuple[tuple[Role, str, str], ...]:
    return (
        ("numerator", f"{row.part:,}", "count"),
        ("denominator", f"{row.whole:,}", "count"),
        ("actual", f"{row.printed}%", "percent"),
    )
