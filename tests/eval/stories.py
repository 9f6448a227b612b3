"""Measure how well documents and stories are recognised, on our gold pairs. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from intel.stories import same_document, same_story
from store.ids import event_id, org_id
from store.records import Event, Kind
from tests.eval.score import Pairs, Score, Wrong, cases

Same = Callable[[Event, Event], bool]


def run(split: str = "held") -> Score:
    """Judge all pairs: are they one happening?"""
    return _run("stories", split, same_story, "same_story")


def run_documents(split: str = "held") -> Score:
    """Judge all pairs: are they one document?"""
    return _run("documents", split, same_document, "same_document")


def _run(name: str, split: str, same: Same, field: str) -> Score:
    pairs = cases("pairs", split)
    answers = [(same(*events(pair)), bool(pair[field])) for pair in pairs]
    result = Pairs(tuple(answers))
    wrong = (
        Wrong(pair["id"], pair["sort"], str(right), str(said), _titles(pair))
        for pair, (said, right) in zip(pairs, answers, strict=True)
        if said != right
    )
    values = {"precision": result.precision, "recall": result.recall, "f1": result.f1}
    return Score(name, split, len(pairs), values, tuple(wrong))


def events(pair: Mapping[str, Any]) -> tuple[Event, Event]:
    """Make the two events of a gold pair."""
    return _event(pair["a"], pair["org"]), _event(pair["b"], pair["org"])


def _event(told: Mapping[str, str], org: str) -> Event:
    published = datetime.fromisoformat(told["published_at"])
    return Event(
        event_id=event_id(told["url"], published),
        org_id=org_id(org),
        kind=Kind.NEWS,
        title=told["title"],
        url=told["url"],
        source=told["outlet"],
        published_at=published,
        raw_text=told["text"],
    )


def _titles(pair: Mapping[str, Any]) -> str:
    return f"{pair['a']['title']} | {pair['b']['title']}"
