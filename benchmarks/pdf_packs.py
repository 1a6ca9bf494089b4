"""The PDFs that are measured: the inspection reports that may stand beside the checkout as one pack, and the papers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from benchmarks.children import ROOT

_SHARED = ROOT.parent / "shared"


def pdfs_at_hand(folder: Path) -> list[Path]:
    """The pack, made in `folder`, and the papers' PDFs; nothing where they do not stand beside the checkout."""
    reports = [path for path in sorted((_SHARED / "ofsted").glob("*.pdf")) if path.read_bytes()[:5] == b"%PDF-"]
    if not reports:
        return []
    pack = folder / "pack.pdf"
    merge(reports, pack)
    return [pack, *sorted((_SHARED / "papers").glob("*.pdf"))]


def merge(papers: Iterable[Path], pack: Path) -> None:
    """Writes the pages of all papers into one PDF."""
    merged = pdfium.PdfDocument.new()
    for path in papers:
        paper = pdfium.PdfDocument(path)
        merged.import_pages(paper)
        paper.close()
    merged.save(pack)
    merged.close()


def cut(pack: Path, pages: int, part: Path) -> None:
    """Writes the first pages of a pack, from the start again where it has too few."""
    whole, out = pdfium.PdfDocument(pack), pdfium.PdfDocument.new()
    for i in range(0, pages, len(whole)):
        out.import_pages(whole, list(range(min(len(whole), pages - i))))
    out.save(part)
    out.close()
    whole.close()
