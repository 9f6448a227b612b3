"""Learn the words of a company's trade from what it publishes itself. Pure."""

import re
from collections import Counter
from collections.abc import Iterable

from intel.lexicon.sectors import SUBJECTS, sectors_of, tally

_WORD = re.compile(r"[^\W\d_][\w-]*")
_TEXTS = 30
_CHARS = 8_000
_MOST = 16
# A trade that is spoken of this much less than the first is chance.
_SHARE = 0.25


def trade_words(texts: Iterable[str]) -> tuple[str, ...]:
    """List the words that tell the trade, the commonest first, one text in mind twice.

    Only words of trades that the texts keep coming back to: what one press release
    mentions by the way is left out.
    """
    seen = [_words(text) for text, _ in zip(texts, range(_TEXTS), strict=False)]
    totals = Counter(word for words in seen for word in words)
    trades = _main_trades([word for words in seen for word in words])
    telling = {
        word: count
        for word, count in totals.items()
        if count > 1 and set(sectors_of(word)) & trades
    }
    ranked = sorted(telling, key=lambda word: (-telling[word], word))
    return tuple(ranked[:_MOST])


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text[:_CHARS])]


def _main_trades(words: list[str]) -> set[str]:
    counts = Counter({t: n for t, n in tally(words).items() if t not in SUBJECTS})
    most = max(counts.values(), default=0)
    return {trade for trade, n in counts.items() if n > 1 and n >= most * _SHARE}
