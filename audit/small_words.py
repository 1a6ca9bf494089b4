"""Words that tell nothing of what is spoken of: each comparison of wordings leaves these out, and more of its own."""

from __future__ import annotations

from typing import Final

SMALL_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "been",
        "by",
        "for",
        "has",
        "have",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
        "their",
        "those",
        "to",
        "was",
        "were",
        "with",
    ]
)
