"""Put what others publish beside what we measured. Pure but for reading one file.

The figures in `published.json` were each read in the source that stands there, or with
whoever tells of it; none comes from memory.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.eval.score import Score

SOURCES = Path(__file__).with_name("published.json")
_HEAD = """\
## Beside what others publish

No row is a race: nobody else ran our cases and we ran none of theirs, and ours are few,
in words of our own, about one narrow matter. What makes each row lame stands in it.
"""
_COLUMNS = "| measure | others | ours | why they differ |"


def read() -> list[dict[str, Any]]:
    """Read the published figures."""
    found: list[dict[str, Any]] = json.loads(SOURCES.read_text("utf-8"))
    return found


def section(scores: Sequence[Score]) -> list[str]:
    """Write the section of the page."""
    rows = [_row(one, scores) for one in read()]
    return [_HEAD, _COLUMNS, "|" + "---|" * 4, *rows, ""]


def _row(one: dict[str, Any], scores: Sequence[Score]) -> str:
    told = f", as told by {one['told_by']}" if "told_by" in one else ""
    source = f"{one['by']}: [{one['title']}]({one['address']}), {one['year']}{told}"
    ours = "; ".join(filter(None, (_ours(*pair, scores) for pair in one["ours"])))
    return (
        f"| {one['measure']} | **{one['figure']}** ({one['of']}). {source} "
        f"| {ours or '–'} | {one['differs']} |"
    )


def _ours(name: str, figure: str, scores: Sequence[Score]) -> str:
    """Give a figure of ours on cases that the code was not made from."""
    fair = [s for s in scores if s.name == name and s.split != "dev"]
    told = [f"{s.values[figure]:.3f} {s.split}" for s in fair if figure in s.values]
    return f"{name} {figure.replace('_', ' ')}: {', '.join(told)}" if told else ""
