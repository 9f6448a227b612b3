"""Measure how well an article's text is found in its page.

The sample site's articles have a known text; of the recorded real pages, where they
are beside this checkout, headline, day and language are known. Touches: files.
"""

import gzip
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.records import Fetched
from sync.sandbox.sample.articles import Article as Sample
from sync.sandbox.sample.articles import read_articles, read_outlets
from sync.sandbox.sample.pages import Pages
from sync.web import articles
from sync.web.articles import Article
from tests.eval.score import Score, Wrong, share

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
REALWEB = Path(__file__).parents[3] / "shared" / "data" / "realweb"
_BASE = "https://sample.example"
_WORD = re.compile(r"[^\W_]+")
_GOOD = 0.9


def run() -> Score:
    """Read every page of the sample site and compare with what its author wrote."""
    told = read_articles(NOW)
    pages = Pages(read_outlets(), told, NOW)
    judged = [(one, _overlap(one, _read_sample(pages, one))) for one in told]
    means = [sum(part[n] for _, part in judged) / len(judged) for n in range(3)]
    wrong = (
        Wrong(one.key, one.outlet.language, "1.00", f"{part[2]:.2f}", one.title)
        for one, part in judged
        if part[2] < _GOOD
    )
    names = ("precision", "recall", "f1")
    values = dict(zip(names, means, strict=True))
    return Score("extraction", "all", len(judged), values, tuple(wrong))


def run_realweb() -> Score | None:
    """Read the recorded pages; None where they are not there."""
    if not (REALWEB / "manifest.json").exists():
        return None
    told = json.loads((REALWEB / "manifest.json").read_text("utf-8"))
    judged = [(one, _facts(one, _read_real(one))) for one in told]
    names = ("headline", "day", "language", "text")
    wrong = (
        Wrong(one["file"], one["language"], "all right", _faults(right), one["title"])
        for one, right in judged
        if not all(right.values())
    )
    values = {name: share(right[name] for _, right in judged) for name in names}
    return Score("real pages", "all", len(judged), values, tuple(wrong))


def _read_sample(pages: Pages, article: Sample) -> Article:
    body = pages.article(article, _BASE).encode()
    return articles.read(_fetched(f"{_BASE}{article.path}", body, NOW))


def _read_real(told: dict[str, Any]) -> Article:
    body = gzip.decompress((REALWEB / "pages" / told["file"]).read_bytes())
    url = told["original_url"] or f"https://real.example/{told['file']}"
    return articles.read(_fetched(url, body, NOW))


def _fetched(url: str, body: bytes, now: datetime) -> Fetched:
    kind = "text/html; charset=utf-8"
    return Fetched(url, url, 200, kind, body, "", "", "", now, None)


def _overlap(sample: Sample, read: Article) -> tuple[float, float, float]:
    """Compare as bags of words: precision, recall and F1."""
    wanted = Counter(_words(" ".join(sample.paragraphs)))
    got = Counter(_words(read.text))
    shared = (wanted & got).total()
    precision = shared / max(1, got.total())
    recall = shared / max(1, wanted.total())
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _facts(told: dict[str, Any], read: Article) -> dict[str, bool]:
    day = str(told["published_at"])[:10]
    printed = read.published or read.guessed
    return {
        "headline": _words(told["title"]) == _words(read.title),
        "day": bool(printed) and printed.at.date().isoformat() == day,  # type: ignore[union-attr]
        "language": read.language in ("", told["language"]),
        "text": len(read.text) >= 400,
    }


def _faults(right: dict[str, bool]) -> str:
    return ", ".join(name for name, holds in right.items() if not holds)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
