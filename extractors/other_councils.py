"""Which council beside the paper's own a sentence names, for "they" in the next."""

from __future__ import annotations

import re

from extractors.language import Passage

PRONOUN = re.compile(r"\b(?:they|their|it|its|we|us|our|the\s+council)\b", re.IGNORECASE)


def other_council_named(passage: Passage, start: int, end: int) -> str | None:
    """The last council named in a sentence that is not the paper's own."""
    named = [b.name for b in passage.bodies if b.kind == "council" and start <= b.start < end]
    others = [name for name in named if name != passage.context.council]
    return others[-1] if others else None
