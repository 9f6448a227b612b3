"""Make links that land on the quoted words. Pure.

Text fragments: https://wicg.github.io/scroll-to-text-fragment/ (W3C community group).
"""

from urllib.parse import quote

from intel import text, verify
from intel.evidence import day, words_of
from store.records import Evidence

# Notion's limit for an address.
LONGEST = 2000
LONGEST_MAIL = 1900  # with room for what mail programs add
_EDGE_WORDS = 5


def label(piece: Evidence) -> str:
    """Write what a citation shows: the source and the day it gives."""
    printed = day(piece)
    return f"{piece.source} — {printed.isoformat() if printed else 'undated'}"


def landing(piece: Evidence, words: str) -> str:
    """Give the address of evidence, landing on the sentence that carries `words`."""
    if not piece.url or not piece.event_id or not piece.quote:
        return piece.url
    sentence = verify.nearest_sentence(words, piece.quote)
    base, _, anchor = piece.url.partition("#")
    anchor = anchor.partition(":~:")[0]
    address = f"{base}#{anchor}:~:text={_fragment(sentence)}"
    return address if len(address) <= LONGEST else piece.url


def mail(subject: str, body: str) -> str:
    """Give a link that opens a letter without recipient, "" where it gets too long.

    Lines end as RFC 6068 has it.
    """
    lines = body.replace("\n", "\r\n")
    told = f"subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
    address = f"mailto:?{told}"
    return address if len(address) <= LONGEST_MAIL else ""


def quoted(piece: Evidence, longest: int = 1500) -> str:
    """Give the quote in typographic quotation marks."""
    inner = text.clip(piece.quote or words_of(piece), longest)
    return f"“{inner}”"


def _fragment(sentence: str) -> str:
    words = sentence.split()
    if len(words) <= 2 * _EDGE_WORDS:
        return _encoded(" ".join(words))
    start, end = words[:_EDGE_WORDS], words[-_EDGE_WORDS:]
    return f"{_encoded(' '.join(start))},{_encoded(' '.join(end))}"


def _encoded(words: str) -> str:
    # A hyphen would read as the mark of a prefix or suffix.
    return quote(words, safe="").replace("-", "%2D")
