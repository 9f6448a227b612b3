"""Take personal data and secrets out of text before it is stored. Pure.

Words that name products, amounts, dates, errors, orders, tickets, versions and links
stay. What goes leaves a placeholder that tells its kind, as in [email].
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intel.privacy import (
    addresses,
    contacts,
    credentials,
    ids,
    kept,
    known,
    payments,
    people,
    phones,
)
from intel.privacy.known import Known
from intel.privacy.spans import (
    COVER,
    PLACEHOLDER,
    Kind,
    Recogniser,
    Span,
    cover,
    cover_matches,
)

__all__ = ["Kind", "Known", "Redacted", "Span", "redact"]

_ROUNDS = 8
# First what may hold other things, then numbers by how surely they tell themselves.
_FIRST: tuple[Recogniser, ...] = (
    credentials.find,
    contacts.emails,
    contacts.internet,
    payments.ibans,
)
_NUMBERS: tuple[Recogniser, ...] = (ids.find,)
_LOOSE: tuple[Recogniser, ...] = (payments.cards, addresses.find, phones.find)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data; `spans` are places in the text as it came."""

    text: str
    counts: Mapping[Kind, int]
    spans: tuple[Span, ...]


def redact(text: str, who: Known | None = None) -> Redacted:
    """Put placeholders where personal data stands; a second time changes nothing.

    What one round takes out may uncover something for the next, so rounds go on until
    nothing is found.
    """
    who = who or Known()
    spans: tuple[Span, ...] = ()
    names = tuple(piece for person in who.people for piece in known.pieces(person))
    for _ in range(_ROUNDS):
        shown = _shown(text, spans)
        found, names = _find(shown, names, who.keep)
        if not found:
            break
        spans = _merged([*spans, *_back(found, spans)])
    return Redacted(_shown(text, spans), Counter(one.kind for one in spans), spans)


def _find(
    text: str, names: tuple[str, ...], keep: tuple[str, ...]
) -> tuple[list[Span], tuple[str, ...]]:
    """Find everything once, and learn the names that the text gives away."""
    left = cover_matches(text, PLACEHOLDER)
    found: list[Span] = []
    left = _each(_FIRST, left, found)
    left = _each(_NUMBERS, kept.shield(left), found)
    _each(_LOOSE, kept.shield_figures(left), found)
    left = cover(left, ((one.start, one.end) for one in found))
    given = [one for one in people.find(left) if not _keeps(text, one, keep)]
    names = (*names, *_learned(text, given, found))
    mentions = known.find(cover(left, ((s.start, s.end) for s in given)), names, keep)
    return [*found, *given, *mentions], tuple(dict.fromkeys(names))


def _each(recognisers: Iterable[Recogniser], text: str, found: list[Span]) -> str:
    """Run recognisers in turn, each over what the one before has left."""
    for recognise in recognisers:
        spans = [s for s in recognise(text) if text[s.start : s.end].strip(COVER)]
        found += spans
        text = cover(text, ((one.start, one.end) for one in spans))
    return text


def _keeps(text: str, span: Span, keep: tuple[str, ...]) -> bool:
    said = text[span.start : span.end].casefold()
    return any(word.casefold() in said for word in keep if word.strip())


def _learned(text: str, given: Iterable[Span], found: Iterable[Span]) -> Iterator[str]:
    for one in given:
        yield from known.pieces(text[one.start : one.end])
    for one in found:
        if one.kind is Kind.EMAIL:
            yield from known.pieces(known.from_mail(text[one.start : one.end]))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Make overlapping spans one, of the kind of the longer."""
    merged: list[Span] = []
    for one in sorted(spans, key=lambda span: (span.start, -span.end)):
        last = merged[-1] if merged else None
        if last is None or one.start >= last.end:
            merged.append(one)
            continue
        longer = max(last, one, key=lambda span: span.end - span.start)
        merged[-1] = Span(last.start, max(last.end, one.end), longer.kind)
    return tuple(merged)


def _shown(text: str, spans: Iterable[Span]) -> str:
    pieces, at = [], 0
    for one in spans:
        pieces += [text[at : one.start], f"[{one.kind}]"]
        at = one.end
    return "".join([*pieces, text[at:]])


def _back(found: Iterable[Span], spans: Sequence[Span]) -> Iterator[Span]:
    """Carry places in the shown text back to the text as it came."""
    opens, closes, at = [], [], 0
    for one in spans:
        opens.append(one.start + at)
        at += len(one.kind) + 2 - (one.end - one.start)
        closes.append(one.end + at)
    for one in found:
        yield Span(
            _origin(one.start, spans, opens, closes)[0],
            _origin(one.end, spans, opens, closes)[1],
            one.kind,
        )


def _origin(
    at: int, spans: Sequence[Span], opens: Sequence[int], closes: Sequence[int]
) -> tuple[int, int]:
    """Say where a place stood: one answer for a beginning, one for an end."""
    last = bisect_right(opens, at) - 1
    if last < 0:
        return at, at
    if at < closes[last] and at > opens[last]:
        return spans[last].start, spans[last].end
    if at == opens[last]:
        return spans[last].start, spans[last].start
    plain = spans[last].end + at - closes[last]
    return plain, plain
