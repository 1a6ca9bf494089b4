"""The papers that are measured, and their paragraphs for a tool that reads no papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.children import ROOT


def default_papers() -> list[Path]:
    """The real papers that may stand beside the checkout, else the sample papers that ship."""
    beside = sorted((ROOT.parent / "shared" / "papers").glob("*.txt"))
    return beside or sorted((ROOT / "corpus" / "samples").glob("*.txt"))


def paragraphs_of(files: Sequence[Path]) -> list[str]:
    """The papers' paragraphs as a file has them, apart by blank lines: what a user would hand to a tool that reads no
    papers. A table is one paragraph."""
    texts = (file.read_text(encoding="utf-8-sig") for file in files)
    return [paragraph for text in texts for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
