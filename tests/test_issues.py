"""Issues in the store: one a cause, up to date with what is loaded, and what people decided of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import auditing
from app.auditing import bring_issues_up_to_date
from app.export import as_jsonl, export_rows
from app.load import LoadOptions, load
from audit.auditing import audit, values_of, without_same_cause
from audit.case import Case
from audit.page_words import Spot, evidence_at
from audit.question import Check
from db.filters import EVERYTHING, Filters
from db.issues import FoundIssue
from db.store import Store
from schema.page_boxes import Run, pack_boxes
from schema.paper import Page
from schema.records import Issue, Severity
from tests.paper_text import MASTHEAD
from tests.store_samples import evidence, sample

NOW = datetime(2023, 7, 1, 12, tzinfo=UTC)
RATIO = "2.1 In May 2023, 412 of the 486 children in need (94.8%) had an up to date plan."
CHANGE = "3.1 There were 231 children in care in May 2023, a fall of 14 on the previous month (254)."
TRUE = "3.2 There were 231 children in care in May 2023, a fall of 23 on the previous month (254)."
FILLER = " ".join(
    f"The panel is asked to note paragraph {word} of this report and of its appendix." for word in "abcdefgh"
)


def write(folder: Path, name: str, text: str, day: str = "20 June 2023") -> Path:
    path = folder / name
    path.write_text(MASTHEAD.format(day=day) + text + "\n", encoding="utf-8")
    return path


def put(store: Store, paths: Sequence[Path]) -> list[Issue]:
    load(store, paths, LoadOptions())
    bring_issues_up_to_date(store)
    return store.issues()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "tally.db")


def test_an_issue_shows_its_places_and_keeps_its_id(store: Store, tmp_path: Path) -> None:
    (issue,) = put(store, [write(tmp_path, "a.txt", RATIO)])
    assert (issue.check, issue.severity, issue.status) == ("ratio-differs", "error", "open")
    assert [place.text for place in issue.evidence] == ["412 of the 486 children in need (94.8%)"]
    load(store, [], LoadOptions(reread=True))
    bring_issues_up_to_date(store)
    assert [one.id for one in store.issues()] == [issue.id]


def test_a_question_is_asked_once_of_near_identical_papers(store: Store, tmp_path: Path) -> None:
    papers = [
        write(tmp_path, "a.txt", f"{FILLER}\n\n{RATIO}"),
        write(tmp_path, "b.txt", f"{FILLER}\n\n{RATIO}", "21 June 2023"),
    ]
    (issue,) = put(store, papers)
    assert [place.paper for place in issue.evidence] == ["a.txt", "b.txt"]


def test_a_dismissal_outlives_a_copy_that_is_loaded_later(store: Store, tmp_path: Path) -> None:
    (issue,) = put(store, [write(tmp_path, "b.txt", f"{FILLER}\n\n{RATIO}", "21 June 2023")])
    store.decide_on_issue(issue.id[:6], "dismissed", "of two dates", "Alma", NOW)
    (later,) = put(store, [write(tmp_path, "a.txt", f"{FILLER}\n\n{RATIO}")])
    assert (later.status, len(later.evidence)) == ("dismissed", 2)


def test_a_dismissal_holds_until_a_value_changes(store: Store, tmp_path: Path) -> None:
    (issue,) = put(store, [write(tmp_path, "a.txt", CHANGE)])
    store.decide_on_issue(issue.id, "dismissed", "known", "Alma", NOW)
    changed = issue.model_copy(update={"evidence": issue.evidence[:2]})
    kept = FoundIssue(issue=changed, scope="paper", position=0, values=values_of(changed))
    (stale,) = store.stale("another edition")
    store.keep_issues(stale, [kept], [], "another edition", lambda issues: issues)
    assert [one.status for one in store.issues()] == ["open"]


def test_what_people_decided_is_kept_with_who_when_and_why(store: Store, tmp_path: Path) -> None:
    (issue,) = put(store, [write(tmp_path, "a.txt", RATIO)])
    store.decide_on_issue(issue.id, "accepted", "the service corrects it", "Alma", NOW)
    store.decide_on_issue(issue.id, "open", "it came again", "Bram", NOW)
    assert [one.status for one in store.issues()] == ["open"]
    (first, _) = store.issue_decisions()
    assert (first.status, first.reason, first.by, first.at) == (
        "accepted",
        "the service corrects it",
        "Alma",
        "2023-07-01T12:00:00+00:00",
    )


def test_no_decision_on_an_issue_that_is_not_there(store: Store) -> None:
    with pytest.raises(LookupError, match="no issue abcd"):
        store.decide_on_issue("abcd", "dismissed", "known", "Alma", NOW)


def test_only_what_changed_is_looked_at_again(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, [write(tmp_path, "a.txt", RATIO), write(tmp_path, "b.txt", TRUE, "20 September 2023")])
    looked: list[str] = []
    plain = audit

    def watched(case: Case, checks: Sequence[Check]) -> object:
        looked.extend(paper.paper for paper in case.papers if checks[0].scope == "paper")
        return plain(case, checks)

    monkeypatch.setattr(auditing, "audit", watched)
    bring_issues_up_to_date(store)
    assert looked == []
    issues = put(store, [write(tmp_path, "c.txt", CHANGE, "20 December 2023")])
    assert looked == ["c.txt"]
    assert {place.paper for one in issues for place in one.evidence if one.severity == "error"} == {"a.txt", "c.txt"}


def test_issues_do_not_depend_on_the_order_of_loading(tmp_path: Path) -> None:
    papers = [
        write(tmp_path, "a.txt", f"{FILLER}\n\n{RATIO}"),
        write(tmp_path, "b.txt", f"{FILLER}\n\n{RATIO}", "21 June 2023"),
        write(tmp_path, "c.txt", CHANGE, "20 September 2023"),
    ]
    exports = set()
    for i, order in enumerate(itertools.permutations(papers)):
        with Store.open(tmp_path / f"{i}.db") as store:
            for path in order:
                put(store, [path])
            exports.add("".join(as_jsonl(export_rows(store, EVERYTHING))))
    assert len(exports) == 1
    assert exports.pop().count('"kind": "issue"') == 2


def test_a_forgotten_paper_takes_its_issues_with_it(store: Store, tmp_path: Path) -> None:
    put(store, [write(tmp_path, "a.txt", RATIO), write(tmp_path, "c.txt", CHANGE)])
    store.forget(store.find_paper("c.txt").sha256)
    bring_issues_up_to_date(store)
    assert [one.check for one in store.issues()] == ["ratio-differs"]


def test_issues_are_listed_by_paper_and_council(store: Store, tmp_path: Path) -> None:
    put(store, [write(tmp_path, "a.txt", RATIO), write(tmp_path, "c.txt", CHANGE)])
    sha256 = store.find_paper("c.txt").sha256
    assert [one.check for one in store.issues(Filters(paper=sha256))] == ["change-differs"]
    assert store.issues(Filters(council="Nowhere")) == []


def test_coverage_says_what_could_be_checked_and_what_not(store: Store, tmp_path: Path) -> None:
    put(store, [write(tmp_path, "a.txt", RATIO + " In May 2023, 88% of visits were made on time.")])
    ratio = next(one for one in store.audit_coverage() if one.check == "ratio-differs")
    assert ratio.checked == 1
    assert list(ratio.passed_over) == ["percentage without numerator and denominator beside it"]


def test_places_in_a_table_of_a_pdf_have_boxes() -> None:
    text = "Team\tBoys\tGirls\tTotal"
    packed = pack_boxes([Run(0, len(text), 100.0, 112.0, 400.0)], [10.0 * i for i in range(len(text))])
    page = Page(number=2, text=text, boxes=packed)
    record = sample(text).extraction.paper
    place = evidence_at(record, page, Spot("Boys", 5, 9))
    assert (place.page, place.bbox) == (2, (50.0, 100.0, 90.0, 112.0))


def _issue(check: str, severity: Severity, *words: str) -> Issue:
    text = "one two three four"
    places = tuple(evidence(text, word) for word in words)
    return Issue(id=f"{check}{words}", check=check, severity=severity, message="?", evidence=places)


def test_one_cause_is_one_issue() -> None:
    first = _issue("a", "error", "one", "two")
    inside, graver, other = (
        _issue("b", "warning", "two"),
        _issue("c", "error", "three"),
        _issue("d", "info", "two", "four"),
    )
    assert without_same_cause([first, inside, graver, other]) == [first, graver, other]
    warning = _issue("a", "warning", "one", "two")
    error = _issue("b", "error", "two")
    assert without_same_cause([warning, error]) == [warning, error]
