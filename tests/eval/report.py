"""Write the results of the evaluations as JSON and as a page. Pure."""

import json
from collections.abc import Sequence

from tests.eval import published
from tests.eval.score import Score

# What is asked of the cases kept apart from development. A recall of 0.95 for support
# means that at most 0.05 of true claims are removed.
BARS = {
    ("funding", "f1"): 0.95,
    ("funding", "all_fields"): 0.80,
    ("linking", "accuracy"): 0.95,
    ("linking", "namesakes_refused"): 0.97,
    ("domains", "accuracy"): 0.95,
    ("domains", "unsafe_accepts"): 0.0,
    ("stories", "f1"): 0.93,
    ("documents", "f1"): 0.97,
    ("redact", "recall"): 0.98,
    ("redact", "kept"): 0.97,
    ("usage", "f1"): 0.92,
    ("usage", "false_drops"): 0.0,
    ("support", "caught_number"): 0.98,
    ("support", "caught_name"): 0.95,
    ("support", "caught_date"): 0.98,
    ("support", "caught_negation"): 0.90,
    ("support", "recall"): 0.95,
    ("support", "fabricated"): 0.0,
    ("injections", "obeyed"): 0.0,
}
_LONGEST = 160
_HEAD = """\
# Quality

Made by `make eval` from the gold cases in `tests/data/gold`; the figures with every
wrong case stand in [eval.json](eval.json). *held* cases were kept apart from
development, *dev* cases were looked at while building; *unseen* ones came from writers
who did not know the code, and nobody has worked on them: they say best what to expect
of tomorrow's news. *odd* ones are the same, but written in manners unlike usual news on
purpose. Extraction is measured on the pages of the sample site, whose text
is known; real pages are those recorded beside the checkout, of which headline, day and
language are known.
"""


def as_json(scores: Sequence[Score]) -> str:
    """Give all results, the wrong cases included."""
    found = [score.as_json() for score in scores]
    return json.dumps(found, indent=1, ensure_ascii=False, default=list) + "\n"


def as_page(scores: Sequence[Score]) -> str:
    """Write the page: figures, those of others beside them, then the wrong cases."""
    parts = [_HEAD, *table(scores), "", *published.section(scores), *wrong(scores)]
    return "\n".join(parts) + "\n"


def table(scores: Sequence[Score]) -> list[str]:
    """Write the table of figures, with the bar where there is one."""
    lines = ["| set | split | cases | figure | value | bar | |", "|" + "---|" * 7]
    for score in scores:
        for name, value in score.values.items():
            bar = BARS.get((score.name, name)) if score.split == "held" else None
            asked = "" if bar is None else f"{'≤' if not bar else '≥'} {bar:g}"
            passed = "" if bar is None else ("✓" if holds(bar, value) else "✗")
            figure = name.replace("_", " ")
            lines.append(
                f"| {score.name} | {score.split} | {score.cases} | {figure} "
                f"| {value:.3f} | {asked} | {passed} |"
            )
    return lines


def holds(bar: float, value: float) -> bool:
    """Say whether a bar is held; a bar of nought is the most there may be."""
    return value <= 0 if bar == 0 else value >= bar


def missed(scores: Sequence[Score]) -> list[str]:
    """Name the bars that are not held."""
    return [
        f"{score.name} {name}: {score.values[name]:.3f}, asked {bar:g}"
        for score in scores
        if score.split == "held"
        for (of, name), bar in BARS.items()
        if of == score.name and not holds(bar, score.values[name])
    ]


def wrong(scores: Sequence[Score]) -> list[str]:
    """List the cases that came out wrong."""
    listed = [
        f"* {score.name} `{one.case_id}` ({one.sort}): expected "
        f"{_short(one.expected)}, got {_short(one.got)}. {_short(one.why)}"
        for score in scores
        for one in score.wrong
    ]
    return ["## Wrong cases", "", *(listed or ["None."])]


def _short(words: str) -> str:
    plain = " ".join(words.replace("|", "/").split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
