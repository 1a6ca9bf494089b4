"""`tally --help`, against importing spaCy, which it must not do: at most a sixth of its CPU.

Both are whole processes, from Python's own start to their end, in turns for several runs; the best of each counts.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import Final

from benchmarks.bars import Bar
from benchmarks.children import cpu_seconds_of

AT_MOST: Final = Fraction(1, 6)
HELP: Final = (sys.executable, "-m", "app.cli", "--help")
IMPORT: Final = (sys.executable, "-c", "import spacy")


def measure_start_up(runs: int = 5) -> Bar:
    """Measures both commands `runs` times."""
    pairs = [(cpu_seconds_of(HELP), cpu_seconds_of(IMPORT)) for _ in range(runs)]
    return Bar(
        "tally --help", "import spacy", min(ours for ours, _ in pairs), min(theirs for _, theirs in pairs), AT_MOST
    )
