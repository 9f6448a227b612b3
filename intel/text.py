"""Clean, compare and shorten text. Pure."""

import re
import unicodedata
from functools import lru_cache

from intel import words as lists

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*", re.UNICODE)
_SPACE = re.compile(r"\s+")
_KEPT_CONTROLS = frozenset("\n\t\r\x0b\x0c")
# Letters and marks that show nothing though they count as printable: fillers, the
# grapheme joiner, variation selectors, tags.
_SHOWS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]"
)
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)
_SUFFIXES = lists.in_order(
    "ations ation ments ment nesses ness ingly edly ungen ung lich ischen ische isch "
    "erung ies ied ing ers est ern ens ed es er en em ly e s n"
)


def strip_invisible(text: str) -> str:
    """Remove characters that show nothing or turn the direction of writing."""
    seen = _SHOWS_NOTHING.sub("", text.replace("\u2028", " ").replace("\u2029", " "))
    if seen.isprintable():
        return seen
    return "".join(c for c in seen if c.isprintable() or not _hidden(c))


def clean(text: str) -> str:
    """Make outside text fit to show: composed, visible, on one line."""
    composed = unicodedata.normalize("NFC", text)
    return _SPACE.sub(" ", strip_invisible(composed)).strip()


def clean_lines(text: str) -> str:
    """Make outside text fit to show, its lines kept apart."""
    lines = (clean(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def fold(text: str) -> str:
    """Make text comparable: case, widths, quotes, dashes and spaces set aside."""
    wide = unicodedata.normalize("NFKC", strip_invisible(text)).translate(_PLAIN)
    return _SPACE.sub(" ", wide.casefold()).strip()


def words(text: str) -> list[str]:
    """List the words of a text, folded, possessives cut off."""
    return [_bare(found) for found in _WORD.findall(fold(text))]


def content_words(text: str) -> list[str]:
    """List the words that carry meaning: no stop words, nothing but digits."""
    return [w for w in words(text) if w not in lists.STOP and any(map(str.isalpha, w))]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut the ending off a folded English or German word, roughly."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word.removesuffix(suffix)
    return word


def stems(text: str) -> frozenset[str]:
    """Give the stems of the words that carry meaning."""
    return frozenset(stem(word) for word in content_words(text))


def overlap(left: str, right: str) -> float:
    """Measure how alike two texts are in their words, 0 to 1 (Jaccard on stems)."""
    one, other = stems(left), stems(right)
    union = one | other
    return len(one & other) / len(union) if union else 0.0


def language(text: str) -> str:
    """Say "de" or "en", by the small words; "en" where nothing tells."""
    found = words(text[:4000])
    german = sum(word in lists.TELL_DE for word in found)
    english = sum(word in lists.TELL_EN for word in found)
    return "de" if german > english else "en"


def clip(text: str, limit: int) -> str:
    """Shorten to at most `limit` characters at a word's end, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if text[limit - 1 : limit].strip():
        head = head.rpartition(" ")[0] or head
    return head.rstrip(" ,;:-–—(") + "…"


def count_words(text: str) -> int:
    """Count words as a reader would: runs between spaces with a letter or digit."""
    return sum(any(map(str.isalnum, run)) for run in text.split())


def _hidden(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return False
    return unicodedata.category(char) in {"Cf", "Cc", "Co", "Cs", "Cn"}


def _bare(word: str) -> str:
    return word.removesuffix("'s")
