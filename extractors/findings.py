"""What an inspectorate found, as a paper tells it: strengths, areas for improvement, priority actions, recommendations.

Lists are the surest source: a lead-in that has the inspectorate say what the items are ("They found that these areas need
more work:", "What needs to improve:" under a heading on the inspection), then one finding for each
item of the top level. Sentences give the rest: "Inspectors praised ...", "Ofsted recommended that ...", "areas for improvement
identified were ...". The council's own lists (its plan, vision, next steps, what the committee is asked to do) are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.finding_lists import finding_at, items_after, kind_introduced, last_sentence, listed, lists_within
from extractors.finding_sentences import IDENTIFIED, findings_told
from extractors.finding_words import OTHERS, may_name_others, others_speak_last, speaks_of_inspection
from extractors.language import Passage
from schema.paper import Block
from schema.records import Finding

_CONTEXT_LASTS = 3  # passages after the inspectorate was last named, for a lead-in that does not name it

_NAMED_LASTS = 8  # the same for a sentence that names what was identified


def find_findings(passages: Sequence[Passage]) -> list[Finding]:
    """The findings in the passages of one report, in reading order."""
    found: list[Finding] = []
    in_lists: set[int] = set()
    last_named = -_CONTEXT_LASTS - 1
    for i, passage in enumerate(passages):
        near = i - last_named <= _CONTEXT_LASTS or _under_inspection_heading(passage)
        if speaks_of_inspection(passage.text):
            last_named = i
        if i in in_lists:
            continue
        if kind := kind_introduced(passage, near):
            items, used = items_after(passages, i)
            in_lists.update(used)
            last_named = max(used, default=last_named)
            found += [listed(item, kind, last_sentence(passage)) for item in items]
            if items:
                continue
        found += _in_passage(passage, near, within_reach=near or i - last_named <= _NAMED_LASTS)
    return _distinct(found)


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Each stretch of text once, the list's reading before a sentence's."""
    kept: list[Finding] = []
    for finding in findings:
        e = finding.evidence
        if not any(k.evidence.page == e.page and k.evidence.start < e.end and e.start < k.evidence.end for k in kept):
            kept.append(finding)
    return kept


def _under_inspection_heading(passage: Passage) -> bool:
    return any(speaks_of_inspection(heading) for heading in passage.context.part.headings)


def _in_passage(passage: Passage, near: bool, within_reach: bool) -> Iterator[Finding]:
    """Lists that stand within one passage (a table's cell), then sentences."""
    if "\n" in passage.text:
        yield from lists_within(passage, near)
    if not (near or within_reach or speaks_of_inspection(passage.text)):
        return
    named_before = near and isinstance(passage.context.part, Block)
    others = False
    for sentence in passage.sentences:
        text = passage.text[sentence.start : sentence.end]
        named = speaks_of_inspection(text)
        if named or named_before or (within_reach and not others and IDENTIFIED.search(text)):
            yield from _in_sentence(passage, sentence.start, text)
        others = others_speak_last(text) or (others and not named)
        named_before = named and not others


def _in_sentence(passage: Passage, at: int, text: str) -> Iterator[Finding]:
    if _is_anothers(passage, at, text):
        return
    for kind, start, end, sure in findings_told(text):
        yield finding_at(passage, at + start, at + end, kind, "findings.sentence", sure)


def _is_anothers(passage: Passage, at: int, text: str) -> bool:
    """Whether the sentence is on another council, or on what a peer review or the council itself found."""
    others = [
        b
        for b in passage.bodies
        if b.kind == "council" and at <= b.start < at + len(text) and b.name != passage.context.council
    ]
    return bool(others) or (may_name_others(text) and bool(OTHERS.search(text)))
