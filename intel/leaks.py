"""Find what is internal in a text for a customer. Pure."""

from collections.abc import Sequence

from intel import draft_words, evidence, text
from store.records import Evidence

_SHINGLE = 4


def internal_words(shown: str, pieces: Sequence[Evidence], note: str = "") -> str:
    """Give words of internal evidence, or of a note, that stand in a letter, or "".

    Runs of four words count, unless public evidence or our own wording has them too,
    or public evidence has all their words that carry meaning.
    """
    kept = [f"{p.title}\n{p.quote}" for p in pieces if p.internal]
    inside = [run for words in (*kept, note) for run in _runs(words)]
    public = [evidence.words_of(p) for p in pieces if not p.internal]
    told = {run for words in (*public, *draft_words.every()) for run in _runs(words)}
    known = {word for words in public for word in text.words(words)}
    said = _runs(shown)
    found = (
        run
        for run in inside
        if run in said
        and run not in told
        and not known.issuperset(text.content_words(" ".join(run)))
    )
    return " ".join(next(found, ()))


def _runs(words: str) -> dict[tuple[str, ...], None]:
    listed = text.words(words)
    last = max(1, len(listed) - _SHINGLE + 1)
    runs = (tuple(listed[n : n + _SHINGLE]) for n in range(last) if listed)
    return dict.fromkeys(runs)
