"""The laws of the store: what is saved is what is read, once, whatever the order; and nothing without its evidence."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import EvidenceError, Filters, Store
from schema.paper import Page
from schema.period import Period
from schema.records import (
    Deadline,
    Extraction,
    Inspection,
    Judgement,
    Links,
    Metric,
    MetricDecision,
    PaperRecord,
    Refusal,
    Said,
)
from tests.store_samples import Sample, evidence, percentage, sample, sample_saying, samples, several_samples, sha256_of

MARCH = Period.month_end(2018, 3)
APRIL = Period.month_end(2018, 4)

LAW = settings(max_examples=20, deadline=None)
"""Each example opens a database of its own, and how long a disk takes for that says nothing about the store."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tally.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without papers, to copy: making the tables anew for each example would take most of the time."""
    path = tmp_path_factory.mktemp("empty") / "tally.db"
    Store.open(path).close()
    return path


@contextmanager
def copy_of(empty_store: Path) -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tally.db"
        shutil.copyfile(empty_store, path)
        with Store.open(path) as opened:
            yield opened


def everything(store: Store) -> list[object]:
    return [*store.records(), *store.mentions()]


# What is saved is what is read


@LAW
@given(samples())
def test_a_paper_is_read_back_as_it_was_saved(empty_store: Path, one: Sample) -> None:
    with copy_of(empty_store) as store:
        one.into(store)
        assert store.extractions(one.extraction.paper.council) == [one.extraction]
        assert store.original(one.sha256) == one.original
        assert store.text(one.sha256) == "\f".join(page.text for page in one.pages)
        for page in one.pages:
            if page.number is not None:
                assert store.text(one.sha256, page.number) == page.text
        assert store.has(one.sha256)


@LAW
@given(samples())
def test_saving_again_changes_nothing(empty_store: Path, one: Sample) -> None:
    with copy_of(empty_store) as store:
        one.into(store)
        once = everything(store)
        one.into(store)
        assert everything(store) == once


@LAW
@given(several_samples(), st.randoms(use_true_random=False))
def test_the_order_of_loading_does_not_matter(empty_store: Path, found: list[Sample], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    with copy_of(empty_store) as one, copy_of(empty_store) as other:
        for paper in found:
            paper.into(one)
        for paper in shuffled:
            paper.into(other)
        assert everything(one) == everything(other)
        assert one.papers() == other.papers()
        assert one.councils() == other.councils()


@LAW
@given(several_samples())
def test_a_paper_that_is_forgotten_leaves_nothing_behind(empty_store: Path, found: list[Sample]) -> None:
    first, *others = found
    with copy_of(empty_store) as one, copy_of(empty_store) as other:
        for paper in others:
            paper.into(one)
            paper.into(other)
        first.into(one)
        one.forget(first.sha256)
        assert everything(one) == everything(other)
        assert not one.has(first.sha256)
        assert [problem for problem in one.doctor() if "linked" not in problem] == []


@LAW
@given(samples(), st.data())
def test_replacing_a_paper_is_as_if_it_had_been_saved_so(empty_store: Path, one: Sample, data: st.DataObject) -> None:
    fewer = one.extraction.model_copy(update={"figures": one.extraction.figures[:1], "deadlines": ()})
    renamed = data.draw(st.sampled_from(("0.txt", "z.txt")))
    with copy_of(empty_store) as replaced, copy_of(empty_store) as saved:
        one.into(replaced)
        replaced.add_name(one.sha256, renamed)
        replaced.replace(fewer, one.pages)
        saved.save(fewer, one.pages, one.original)
        saved.add_name(one.sha256, renamed)
        assert everything(replaced) == everything(saved)
        assert replaced.original(one.sha256) == one.original


def test_digits_stay_as_printed(store: Store) -> None:
    text = "It was 94.0% and £5.2m."
    money = percentage(text, "94.0%").model_copy(
        update={"evidence": evidence(text, "£5.2m"), "value": Decimal("5.2E+6")}
    )
    sample(text, figures=[percentage(text, "94.0%"), money]).into(store)
    assert [str(figure.value) for figure in store.figures()] == ["94.0", "5.2E+6"]


# Evidence first


def wrong_places(text: str) -> dict[str, dict[str, object]]:
    return {
        "other words": {"start": 0, "end": 5},
        "before the text": {"start": -5, "end": -1, "text": text[-5:-1]},
        "behind the text": {"start": len(text), "end": len(text) + 5},
        "backwards": {"start": 5, "end": 4, "text": ""},
        "no page": {"page": 7},
        "other file": {"sha256": sha256_of("another")},
        "nothing": {"end": text.index("94.0%"), "text": ""},
    }


@pytest.mark.parametrize("wrong", wrong_places("In March it was 94.0% again."))
def test_a_record_that_its_paper_does_not_bear_out_is_not_saved(store: Store, wrong: str) -> None:
    text = "In March it was 94.0% again."
    right = percentage(text, "94.0%")
    place = right.evidence.model_copy(update=wrong_places(text)[wrong])
    bad = sample(text, figures=[right.model_copy(update={"evidence": place})])
    with pytest.raises(EvidenceError, match=r"paper\.txt: figure [0-9a-f]{16} .* by prose: "):
        bad.into(store)
    assert not store.has(bad.sha256)
    assert everything(store) == []
    assert store.doctor() == []


def test_a_refusal_may_point_at_a_page_without_text(store: Store) -> None:
    place = evidence("x", "x").model_copy(
        update={"sha256": sha256_of("scan"), "page": 1, "end": 0, "text": "", "quote": ""}
    )
    paper = PaperRecord(
        paper="scan.pdf", sha256=sha256_of("scan"), council=None, body=None, meeting_date=None, title=None
    )
    found = Extraction(paper=paper, refusals=(Refusal(evidence=place, extractor="pages", reason="page without text"),))
    store.save(found, [Page(number=1, text="")], b"scan")
    assert [refusal.reason for refusal in store.refusals()] == ["page without text"]


def test_two_different_records_in_one_place_are_refused_and_two_equal_ones_are_one(store: Store) -> None:
    text = "In March it was 94.0% again."
    one = percentage(text, "94.0%")
    with pytest.raises(EvidenceError, match="another figure of prose was read at the very same place"):
        sample(text, figures=[one, one.model_copy(update={"unit": "count"})]).into(store)
    sample(text, figures=[one, one]).into(store)
    assert store.figures() == [one]


def test_bytes_that_are_not_the_papers_are_refused(store: Store) -> None:
    one = sample("In March it was 94.0% again.")
    with pytest.raises(EvidenceError, match="the bytes to keep are not those that were read"):
        store.save(one.extraction, one.pages, b"others")
    assert store.papers() == []


def test_half_a_character_is_refused_with_its_page(store: Store) -> None:
    one = sample("text")
    with pytest.raises(EvidenceError, match="page 2 holds half a character"):
        store.save(one.extraction, [Page(number=2, text="a\ud835b")], one.original)


# Names


@LAW
@given(st.permutations(["b.txt", "a.txt", "c.txt"]))
def test_of_several_names_the_first_in_the_alphabet_leads(empty_store: Path, names: list[str]) -> None:
    text = "In March it was 94.0% again."
    with copy_of(empty_store) as store:
        sample(text, names[0], figures=[percentage(text, "94.0%", name=names[0])]).into(store)
        assert store.add_name(sha256_of(text), names[1])
        assert store.add_name(sha256_of(text), names[2])
        assert not store.add_name(sha256_of(text), names[1])
        (paper,) = store.papers()
        assert (paper.paper, paper.also_named) == ("a.txt", ("b.txt", "c.txt"))
        assert store.figures()[0].evidence.paper == "a.txt"
        assert [p.paper for p in store.papers(Filters(paper="c.txt"))] == ["a.txt"]


def test_the_same_content_saved_under_another_name_is_one_paper(store: Store) -> None:
    sample("same", "b.txt").into(store)
    sample("same", "a.txt").into(store)
    (paper,) = store.papers()
    assert (paper.paper, paper.also_named) == ("a.txt", ("b.txt",))


def test_a_paper_is_found_by_name_or_by_the_start_of_its_hash(store: Store) -> None:
    sample("one", "march.txt").into(store)
    sample("two", "march.txt", met=None).into(store)
    sample("three", "april.txt").into(store)
    assert store.find_paper("april.txt").sha256 == sha256_of("three")
    assert store.find_paper(sha256_of("one")[:8]).sha256 == sha256_of("one")
    with pytest.raises(
        LookupError, match=rf"2 papers go by march\.txt.*{sha256_of('one')[:12]} \(march\.txt, 2018-05-01\)"
    ):
        store.find_paper("march.txt")
    with pytest.raises(LookupError, match=r"no paper april in the store\. Did you mean april\.txt\?"):
        store.find_paper("april")
    with pytest.raises(LookupError, match=r"no paper june in the store\. `tally papers` lists"):
        store.find_paper("june")


def test_what_is_not_stored_is_said_so(store: Store) -> None:
    one = sample("one")
    for ask in (
        lambda: store.replace(one.extraction, one.pages),
        lambda: store.forget(one.sha256),
        lambda: store.add_name(one.sha256, "b.txt"),
        lambda: store.text(one.sha256),
    ):
        with pytest.raises(LookupError, match="in the store"):
            ask()
    one.into(store)
    with pytest.raises(LookupError, match="There is no page 3: the paper has no pages"):
        store.text(one.sha256, 3)


# Links


def linked(*papers: Sample, **fields: object) -> Links:
    metric = Metric(
        key="visits",
        name="Visits on time",
        unit="percent",
        better="higher",
        council="Casterbridge",
        aliases=("visits",),
    )
    figures = {figure.id: "visits" for paper in papers for figure in paper.extraction.figures}
    return Links.model_validate({"council": "Casterbridge", "metrics": (metric,), "figure_metrics": figures, **fields})


def test_links_fill_in_what_only_they_know_and_extractions_stay_as_they_were(store: Store) -> None:
    text = "It was 94.0%. Good by April 2019. Ofsted judged adoption good at its visit."
    event = Inspection(
        id="visit-1",
        council="Casterbridge",
        type="monitoring_visit",
        date=MARCH,
        evidence=(evidence(text, "its visit"),),
    )
    promised = Deadline(
        evidence=evidence(text, "April 2019"), extractor="deadlines", subject="Good", due=Period.month(2019, 4)
    )
    judged = Judgement(
        evidence=evidence(text, "good"),
        extractor="ofsted",
        council="Casterbridge",
        area="adoption",
        area_text="adoption",
        grade="good",
    )
    one = sample(text, figures=[percentage(text, "94.0%")], deadlines=[promised], judgements=[judged])
    one.into(store)
    assert store.unlinked() == ["Casterbridge"]
    found = linked(one, promises={promised.id: "good-2019"}, events={judged.id: "visit-1"}, inspections=(event,))
    store.apply_links(found)
    assert store.unlinked() == []
    assert [figure.metric for figure in store.figures()] == ["visits"]
    assert [deadline.promise for deadline in store.deadlines()] == ["good-2019"]
    assert [judgement.inspection for judgement in store.judgements()] == ["visit-1"]
    assert store.inspections() == [event]
    assert store.metrics() == list(found.metrics)
    assert store.extractions("Casterbridge") == [one.extraction]
    once = everything(store)
    store.apply_links(found)
    assert everything(store) == once
    store.apply_links(Links(council="Casterbridge"))
    assert [figure.metric for figure in store.figures()] == [None]
    assert (store.metrics(), store.inspections()) == ([], [])


def test_twins_are_named_from_the_first_meeting_on(store: Store) -> None:
    first, second = sample("one", "z.txt", met=date(2018, 3, 1)), sample("two", "a.txt", met=date(2018, 6, 1))
    first.into(store)
    second.into(store)
    store.apply_links(linked(same_as={first.sha256: (second.sha256,), second.sha256: (first.sha256,)}))
    assert [(p.paper, p.same_as, p.same_as_all) for p in store.papers()] == [
        ("z.txt", None, ("a.txt",)),
        ("a.txt", "z.txt", ("z.txt",)),
    ]


def test_links_of_what_was_forgotten_meanwhile_are_passed_over(store: Store) -> None:
    stays, goes = (
        sample_saying("94.0%", "a.txt", date(2018, 5, 1), MARCH),
        sample_saying("93.0%", "b.txt", date(2018, 6, 1), MARCH),
    )
    stays.into(store)
    gone = goes.extraction.figures[0]
    event = Inspection(id="visit", council="Casterbridge", type="inspection", evidence=(gone.evidence,))
    repeated = {stays.extraction.figures[0].id: gone.id}
    twins = {stays.sha256: (goes.sha256,), goes.sha256: (stays.sha256,)}
    store.apply_links(linked(stays, goes, inspections=(event,), statements=repeated, same_as=twins))
    assert store.statements() == {}
    assert store.papers()[0].same_as_all == ()
    assert store.inspections() == [event.model_copy(update={"evidence": ()})]
    assert store.doctor() == []


def test_linking_one_council_leaves_the_others_alone(store: Store) -> None:
    here, there = (
        sample("It was 94.0%.", figures=[percentage("It was 94.0%.", "94.0%")]),
        sample("x", "x.txt", council=None),
    )
    here.into(store)
    there.into(store)
    store.relink("Casterbridge", lambda extractions, decisions: linked(here))
    assert store.unlinked() == [None]
    assert store.relink(None, lambda extractions, decisions: Links(council=None)).council is None
    assert len(store.metrics()) == 1
    assert store.councils() == ["Casterbridge", None]


def test_relinking_hands_over_the_councils_papers_by_meeting(store: Store) -> None:
    late, early = sample("late", "a.txt", met=None), sample("early", "b.txt", met=date(2017, 1, 1))
    elsewhere = sample("elsewhere", council="Barchester")
    for paper in (late, elsewhere, early):
        paper.into(store)
    handed: list[Extraction] = []

    def link(extractions: Sequence[Extraction], decisions: Sequence[MetricDecision]) -> Links:
        handed.extend(extractions)
        return Links(council="Casterbridge")

    store.relink("Casterbridge", link)
    assert handed == [early.extraction, late.extraction]


def test_a_council_whose_last_paper_goes_takes_its_links_along(store: Store) -> None:
    one = sample_saying("94.0%", "a.txt", date(2018, 5, 1), MARCH)
    one.into(store)
    store.apply_links(linked(one))
    store.forget(one.sha256)
    assert (store.metrics(), store.unlinked(), store.councils()) == ([], [], [])


def test_an_event_that_two_councils_papers_tell_of_is_one(store: Store) -> None:
    ours, theirs = sample("Ofsted came in March"), sample("Ofsted came to Casterbridge", "b.txt", council="Barchester")
    ours.into(store)
    theirs.into(store)
    short = Inspection(
        id="visit",
        council="Casterbridge",
        type="inspection",
        evidence=(evidence("Ofsted came to Casterbridge", "came", "b.txt"),),
    )
    full = Inspection(
        id="visit",
        council="Casterbridge",
        type="inspection",
        evidence=(evidence("Ofsted came in March", "came"),),
        date=MARCH,
    )
    store.apply_links(Links(council="Barchester", inspections=(short.model_copy(update={"number": 2}),)))
    store.apply_links(Links(council="Casterbridge", inspections=(full,)))
    assert store.inspections() == [full.model_copy(update={"number": 2, "evidence": full.evidence + short.evidence})]


# Filters and the order of the export


def test_filters_pick_by_council_paper_metric_and_date(store: Store) -> None:
    march = sample_saying("94.0%", "march.txt", date(2018, 5, 1), MARCH)
    april = sample_saying("95.0%", "april.txt", date(2018, 6, 1), APRIL)
    undated_text = "Some 12% of them."
    undated = sample(
        undated_text, "undated.txt", council="Barchester", met=None, figures=[percentage(undated_text, "12%")]
    )
    for paper in (march, april, undated):
        paper.into(store)
    store.apply_links(linked(march))

    def printed(**filters: object) -> list[str]:
        return [figure.evidence.text for figure in store.figures(Filters.model_validate(filters))]

    assert printed() == ["95.0%", "94.0%", "12%"]
    assert printed(council="casterbridge") == ["95.0%", "94.0%"]
    assert printed(paper="march.txt") == printed(paper=march.sha256[:10]) == ["94.0%"]
    assert printed(metric="visits") == ["94.0%"]
    assert printed(date_from=date(2018, 4, 1)) == printed(date_from="2018-04-30") == ["95.0%"]
    assert printed(date_to=date(2018, 4, 1)) == ["95.0%", "94.0%"]
    assert printed(date_from=date(1990, 1, 1)) == ["95.0%", "94.0%"]
    assert [p.paper for p in store.papers(Filters(metric="visits"))] == ["march.txt"]
    assert [p.paper for p in store.papers(Filters(date_to=date(2018, 5, 31)))] == ["march.txt"]
    assert store.deadlines(Filters(metric="visits")) == []
    assert [m.key for m in store.metrics(Filters(paper="march.txt"))] == ["visits"]
    assert store.metrics(Filters(paper="april.txt")) == []
    assert store.metrics(Filters(council="Barchester")) == []


@LAW
@given(several_samples())
def test_records_come_by_paper_and_position_and_then_by_key_or_id(empty_store: Path, found: list[Sample]) -> None:
    with copy_of(empty_store) as store:
        for paper in found:
            paper.into(store)
        records = list(store.records())
        said = [record for record in records if isinstance(record, Said)]
        assert records[: len(said)] == said
        places = [
            (r.evidence.paper, r.evidence.sha256, r.evidence.page or 0, r.evidence.start, r.evidence.end) for r in said
        ]
        assert places == sorted(places)
        assert len(said) == sum(len(kind) for paper in found for kind in _exported(paper.extraction))
        assert [record for record in records if isinstance(record, PaperRecord)] == records[len(said) :]
        assert list(store.records(kinds=["deadline"])) == [r for r in said if r.kind == "deadline"]


def _exported(found: Extraction) -> tuple[tuple[Said, ...], ...]:
    return found.figures, found.deadlines, found.judgements, found.findings, found.refusals
