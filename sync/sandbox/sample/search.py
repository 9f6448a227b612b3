"""The sample's news search: which articles answer a query, and its shifting links.

Pure. Real news searches give an item another id and another redirecting link each
time they are asked; so does this one.
"""

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterable

from sync.sandbox.sample.articles import Article
from sync.sandbox.sample.syndication import Entry

MOST = 20
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def find(query: str, articles: Iterable[Article]) -> tuple[Article, ...]:
    """Find at most 20 articles of the press that hold every word of a query.

    Words in double quotes must stand together; `OR` parts alternatives. Case and
    accents do not matter. Company sites are not searched.
    """
    choices = [_terms(part) for part in re.split(r"\s+OR\s+", query)]
    press = (article for article in articles if article.outlet.company is None)
    found = [one for one in press if _matches(choices, _fold(one.words))]
    return tuple(found[:MOST])


def entries_for(found: Iterable[Article], base: str, turn: int) -> tuple[Entry, ...]:
    """Write found articles as feed entries whose links only hold for this turn."""
    return tuple(_entry(article, base, turn) for article in found)


def article_of(token: str) -> str | None:
    """Read the article's key out of a redirecting link's token."""
    try:
        raw = base64.urlsafe_b64decode(token.encode() + b"==").decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return raw.partition(":")[2] or None


def _entry(article: Article, base: str, turn: int) -> Entry:
    salt = hashlib.sha256(f"{turn} {article.key}".encode()).hexdigest()[:12]
    raw = base64.urlsafe_b64encode(f"{salt}:{article.key}".encode())
    token = raw.decode().rstrip("=")
    title = f"{article.title} - {article.outlet.name}"
    return Entry(article, f"{base}/r/{token}?oc=5", f"CBMi{token[:40]}", title)


def _terms(part: str) -> list[re.Pattern[str]]:
    words = (_fold(quoted or bare) for quoted, bare in _TERM.findall(part))
    return [re.compile(rf"\b{re.escape(word)}\b") for word in words]


def _matches(choices: list[list[re.Pattern[str]]], words: str) -> bool:
    return any(terms and all(term.search(words) for term in terms) for terms in choices)


def _fold(words: str) -> str:
    parts = unicodedata.normalize("NFKD", words.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
