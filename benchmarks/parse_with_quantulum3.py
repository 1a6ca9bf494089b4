"""A child process that has quantulum3 parse paragraphs, a JSON list on standard input, and prints what that cost."""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Sequence

from benchmarks.children import Cost, cost_since, print_cost
from benchmarks.warm_up import WARM_UP


def parse_cost(paragraphs: Sequence[str]) -> Cost:
    """quantulum3's `parser.parse` over each paragraph as a user would call it. `found` are quantities.

    The warm-up paper is parsed before, so that imports and the tables of units count as start-up.
    """
    # By name: it has no types, and is installed for `make bench` only.
    parse = importlib.import_module("quantulum3.parser").parse
    parse(WARM_UP)
    start_up = time.process_time()
    found = sum(len(parse(paragraph)) for paragraph in paragraphs)
    return cost_since(start_up, found)


if __name__ == "__main__":
    print_cost(parse_cost(json.load(sys.stdin)))
