"""`python -m docs.make_checks`: writes docs/checks.md from the docstrings of the checks."""

from __future__ import annotations

from typing import Final

from audit.catalogue import CHECKS, explained
from audit.question import Check, Scope
from docs.tour import ROOT

FILE: Final = ROOT / "docs" / "checks.md"
_HEAD: Final = """\
# The checks

What `tally check` asks, check by check, as the program's own notes say it. `make reference` makes this page; do not
edit it.

An issue is a question and no verdict: it shows places that do not seem to fit together, and never says which of them is
wrong. An **error** changes what a reader concludes; a **warning** is worth asking; a **remark** (`info`) is wording,
digits, or a doubt. A measured precision and recall of each check is in [how accurate it is](accuracy.md).

| check | asks about | looks at |
| --- | --- | --- |
"""
_LOOKS_AT: Final[dict[Scope, str]] = {
    "paper": "one paper",
    "metric": "one measure in all papers",
    "council": "all papers of a council",
}


def checks_page() -> str:
    """The page: the checks in a table, then each as its docstring explains it."""
    rows = "".join(f"| [`{one.code}`](#{one.code}) | {one.title} | {_LOOKS_AT[one.scope]} |\n" for one in CHECKS)
    return _HEAD + rows + "".join(map(_section, CHECKS))


def _section(check: Check) -> str:
    return f"\n## {check.code}\n\n{check.title}.\n\n{explained(check)}\n"


if __name__ == "__main__":
    FILE.write_text(checks_page(), encoding="utf-8")
