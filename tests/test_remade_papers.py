"""The form that a paper comes in changes no record: the samples as Word files and web pages say what their texts say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.pipeline import extract
from ingest.reading import read_paper
from schema.paper import Paper
from tests.remade_papers import as_docx, as_html

SAMPLES = sorted((Path(__file__).parent.parent / "corpus" / "samples").glob("*.txt"))


def as_docx_that_counts(paper: Paper) -> bytes:
    return as_docx(paper, counted=True)


def said(paper: Paper) -> Counter[object]:
    """What a paper's records say, and where: all of them but their offsets."""
    found = extract(paper)
    records: Counter[object] = Counter(
        (f.evidence.text, f.value, f.unit, f.role, f.metric_text, f.breakdown, str(f.period), f.evidence.paragraph, f.evidence.report)
        for f in found.figures
    )  # fmt: skip
    for kind in (found.deadlines, found.findings, found.judgements, found.mentions):
        records.update((one.kind, one.evidence.text, one.evidence.paragraph, one.evidence.report) for one in kind)
    return records


@pytest.mark.parametrize("make", [as_docx, as_docx_that_counts, as_html])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_paper_says_the_same_in_every_form(sample: Path, make: Callable[[Paper], bytes]) -> None:
    paper = read_paper(sample.name, sample.read_bytes())
    remade = read_paper(sample.name, make(paper))
    assert remade.reader in ("docx", "html")
    assert said(remade) == said(paper)


@pytest.mark.parametrize("make", [as_docx, as_html])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_record_s_words_stand_in_the_stored_text(sample: Path, make: Callable[[Paper], bytes]) -> None:
    paper = read_paper(sample.name, make(read_paper(sample.name, sample.read_bytes())))
    for figure in extract(paper).figures:
        place = figure.evidence
        assert paper.pages[0].text[place.start : place.end] == place.text
