"""Several at work on one store at once: processes that load, and readers that see one state of it."""

from __future__ import annotations

import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from db.store import Store
from schema.period import Period
from schema.records import Extraction, Links, Metric
from tests.store_samples import Sample, sample_saying

MARCH = Period.month_end(2018, 3)
PAPERS = 12


def papers() -> list[Sample]:
    return [sample_saying(f"{50 + i}.0%", f"{i:02}.txt", date(2018, 5, 1 + i), MARCH) for i in range(PAPERS)]


def link(extractions: list[Extraction] | tuple[Extraction, ...]) -> Links:
    """Stands for linking: every figure measures one thing."""
    figures = {figure.id: "visits" for extraction in extractions for figure in extraction.figures}
    metric = Metric(key="visits", name="Visits on time", unit="percent", aliases=(str(len(extractions)),))
    return Links(council="Casterbridge", metrics=(metric,), figure_metrics=figures)


def load_all(path: str, seed: int) -> None:
    """A load run in a process of its own, of all the papers in an order of its own."""
    found = papers()
    random.Random(seed).shuffle(found)
    with Store.open(path) as store:
        for paper in found:
            if not store.has(paper.sha256):
                paper.into(store)
            store.relink("Casterbridge", lambda extractions, decisions: link(list(extractions)))


def test_loads_at_the_same_time_give_what_one_load_gives(tmp_path: Path) -> None:
    """They open the new store together too, so that its tables are made once."""
    together, alone = tmp_path / "together.db", tmp_path / "alone.db"
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        for loading in [pool.submit(load_all, str(together), seed) for seed in range(4)]:
            loading.result(timeout=120)
    load_all(str(alone), 0)
    with Store.open(together) as one, Store.open(alone) as other:
        assert list(one.records()) == list(other.records())
        assert one.doctor() == []
        assert one.unlinked() == []
        assert one.metrics()[0].aliases == (str(PAPERS),)


def test_a_reader_sees_one_state_while_others_write(tmp_path: Path) -> None:
    first, second, *_ = papers()
    with Store.open(tmp_path / "tally.db") as reader, Store.open(tmp_path / "tally.db") as writer:
        first.into(writer)
        records = reader.records()
        seen = [next(records)]
        second.into(writer)
        writer.forget(first.sha256)
        seen += records
        assert [getattr(record, "paper", None) for record in seen] == [None, "00.txt"]
        assert [paper.paper for paper in reader.papers()] == ["01.txt"]


def test_a_writer_waits_for_another(tmp_path: Path) -> None:
    """Between reading and writing in one transaction, somebody else may have written: without BEGIN IMMEDIATE this fails."""
    path = tmp_path / "tally.db"
    Store.open(path).close()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        for naming in [pool.submit(name_papers, str(path), letter) for letter in "ab"]:
            naming.result(timeout=120)
    with Store.open(path) as store:
        (paper,) = store.papers()
        assert len(paper.also_named) == 2 * PAPERS


def name_papers(path: str, letter: str) -> None:
    one = papers()[0]
    with Store.open(path) as store:
        one.into(store)
        for i in range(PAPERS):
            store.add_name(one.sha256, f"{letter}{i}.txt")
