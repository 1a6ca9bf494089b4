"""A child process, `python -m benchmarks.read_with_pdfplumber PDF...`: text and tables of pages; prints its cost."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pdfplumber

from benchmarks.children import Cost, cost_since, print_cost


def read_cost(papers: Sequence[Path]) -> Cost:
    """pdfplumber's `extract_text` and `extract_tables` as a user would call them. `found` are pages."""
    start_up = time.process_time()
    found = 0
    for path in papers:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
                page.close()
                found += 1
    return cost_since(start_up, found)


if __name__ == "__main__":
    print_cost(read_cost([Path(name) for name in sys.argv[1:]]))
