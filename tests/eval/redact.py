"""Measure how much personal data is taken out, and what of the rest is kept. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from intel.redact import Known, Redacted, redact
from tests.eval.score import Score, Wrong, cases, share

Case = Mapping[str, Any]


def run(split: str = "held") -> Score:
    """Redact all texts of a split.

    Recall is the share of spans that are gone to their last character, `kept` the share
    of strings to keep that still stand as often as before, `kinds` the share of gone
    spans whose placeholder says what they were, precision the share of placeholders
    that touch a span to take out.
    """
    done = [(case, redacted(case)) for case in cases("redact", split)]
    gone = [_gone(span, out) for case, out in done for span in case["go"]]
    kept = [_stays(s, case, out) for case, out in done for s in case["stay"]]
    values = {
        "recall": share(gone),
        "kept": share(kept),
        "kinds": share(_kind(s, out) for case, out in done for s in case["go"]),
        "precision": share(
            _wanted(one.start, one.end, case) for case, out in done for one in out.spans
        ),
    }
    found = tuple(wrong for case, out in done for wrong in _wrong(case, out))
    return Score("redact", split, len(done), values, found)


def redacted(case: Case) -> Redacted:
    """Redact one text, its ticket's people known."""
    return redact(case["text"], Known(people=tuple(case["people"])))


def _gone(span: tuple[int, int, str], out: Redacted) -> bool:
    places = (at for one in out.spans for at in range(one.start, one.end))
    return set(range(span[0], span[1])) <= set(places)


def _kind(span: tuple[int, int, str], out: Redacted) -> bool:
    return any(
        one.kind == span[2] and one.start < span[1] and one.end > span[0]
        for one in out.spans
    )


def _stays(words: str, case: Case, out: Redacted) -> bool:
    return out.text.count(words) >= case["text"].count(words) > 0


def _wanted(start: int, end: int, case: Case) -> bool:
    return any(start < to and end > since for since, to, _ in case["go"])


def _wrong(case: Case, out: Redacted) -> Iterator[Wrong]:
    for span in case["go"]:
        if not _gone(span, out) or not _kind(span, out):
            said = case["text"][span[0] : span[1]]
            yield Wrong(case["id"], case["lang"], f"[{span[2]}]", said, out.text)
    for words in case["stay"]:
        if not _stays(words, case, out):
            yield Wrong(case["id"], case["lang"], words, "taken out", out.text)
    for one in out.spans:
        if not _wanted(one.start, one.end, case):
            said = case["text"][one.start : one.end]
            yield Wrong(case["id"], case["lang"], said, f"[{one.kind}]", out.text)
