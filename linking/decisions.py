"""What people decided of the identity of metrics, applied to what linking found: a function of both, in the order decided.

A decision whose metric is gone, because its papers are or because a new reading words it otherwise, changes nothing and
is kept: `Links.decisions_used` tells which found something to act on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.registries import indicator_by_key
from linking.measure_words import measure_words
from linking.metrics import own_key, registered_metric
from schema.records import Figure, Links, Metric, MetricDecision, MetricLink


def decide(links: Links, figures: Sequence[Figure], decisions: Iterable[MetricDecision]) -> Links:
    """The links as people want them. `figures` are all figures of the council; decisions that were undone are passed
    over, and so are those for other councils."""
    standing = sorted(
        (d for d in decisions if d.undone_at is None and _concerns(d, links.council)), key=lambda d: (d.made_at, d.id)
    )
    if not standing:
        return links
    state = _Identities(links, figures)
    used = tuple(d.id for d in standing if state.apply(d))
    return links.model_copy(
        update={
            "metrics": state.metrics(),
            "figure_metrics": state.keys,
            "figure_links": state.reasons,
            "decisions_used": used,
        }
    )


def _concerns(decision: MetricDecision, council: str | None) -> bool:
    return decision.council is None or decision.council.casefold() == (council or "").casefold()


class _Identities:
    """Which figure measures what while decisions are applied one by one."""

    def __init__(self, links: Links, figures: Sequence[Figure]) -> None:
        self.keys = dict(links.figure_metrics)
        self.reasons = dict(links.figure_links)
        self._council = links.council
        self._figures = figures
        self._metrics = {metric.key: metric for metric in links.metrics}

    def apply(self, decision: MetricDecision) -> bool:
        """Applies one decision. Whether it found anything to act on."""
        if decision.decision == "alias":
            return self._alias(decision)
        found = self._find(decision.metric, decision.known_as, decision.unit)
        if found is None:
            return False
        if decision.decision == "rename":
            metric = self._metrics[found]
            aliases = tuple(sorted({*metric.aliases, metric.name} - {decision.to}))
            self._metrics[found] = metric.model_copy(update={"name": decision.to, "aliases": aliases})
            return True
        moved = [f for f in self._figures if self.keys.get(f.id) == found]
        if decision.decision == "split":
            moved = [f for f in moved if _flat(decision.words) in _flat(f.metric_text)]
            return self._move(moved, own_key(self._council, decision.to), decision, decision.to)
        to = self._find(decision.to, decision.to_known_as, decision.unit) or self._to_be_made(decision.to)
        return to is not None and to != found and self._move(moved, to, decision, *decision.to_known_as)

    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that anything measures, with every wording that measures them."""
        left = set(self.keys.values())
        return tuple(metric for key, metric in sorted(self._metrics.items()) if key in left)

    def _alias(self, decision: MetricDecision) -> bool:
        key = self._find(decision.metric, decision.known_as, decision.unit) or self._to_be_made(decision.metric)
        words = measure_words(decision.words)
        named = [
            f
            for f in self._figures
            if (
                _flat(f.metric_text) == _flat(decision.words) or (words.names and measure_words(f.metric_text) == words)
            )
            and (f.unit == decision.unit or f.role in ("numerator", "denominator", "change"))
        ]
        return key is not None and self._move(named, key, decision, *decision.known_as)

    def _find(self, key: str, known_as: Sequence[str], unit: str) -> str | None:
        """The metric decided of: by its key, else the only one of its unit that any of its words name."""
        if key in self._metrics:
            return key
        if not self._may_be_ours(key):
            return None
        words = {measure_words(text) for text in known_as}
        found = [
            metric.key
            for metric in self._metrics.values()
            if metric.unit == unit and any(measure_words(name) in words for name in (metric.name, *metric.aliases))
        ]
        return found[0] if len(found) == 1 else None

    def _may_be_ours(self, key: str) -> bool:
        """Whether a key is the registry's or this council's: another council's words decide nothing here."""
        return "." not in key or key.startswith(own_key(self._council, ""))

    def _to_be_made(self, key: str) -> str | None:
        return key if key in indicator_by_key() or ("." in key and self._may_be_ours(key)) else None

    def _move(self, figures: Sequence[Figure], key: str, decision: MetricDecision, *names: str) -> bool:
        moved = [f for f in figures if self.keys.get(f.id) != key]
        if not figures:
            return False
        if key not in self._metrics:
            self._metrics[key] = registered_metric(key, self._council) or Metric(
                key=key, name=names[0] if names else figures[0].metric_text, unit=_unit(figures), council=self._council
            )
        metric = self._metrics[key]
        said = {f.metric_text for f in figures if f.metric_text} | set(metric.aliases)
        self._metrics[key] = metric.model_copy(update={"aliases": tuple(sorted(said - {metric.name}))})
        reason = f"decided by {decision.author} on {decision.made_at.date().isoformat()} ({decision.id})"
        for f in moved:
            before = self.keys.get(f.id)
            self.keys[f.id] = key
            told = f"{reason}: {decision.decision}" + (f", before {before}" if before else "")
            self.reasons[f.id] = MetricLink(score=1.0, reason=told)
        return True


def _unit(figures: Sequence[Figure]) -> str:
    return next((f.unit for f in figures if f.role == "actual"), figures[0].unit)


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())
