"""Choose and trim the sentences of evidence that are fit to print. Pure.

No word is altered: clauses are left out, that is all.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intel import figures, kinds, ranking, senses, sentences, text, verify
from intel import words as lists
from intel.claims import Budget
from intel.figures import Figure
from store.records import Evidence, Org

_WELL_LONG = range(50, 240)
_DATELINE = re.compile(
    r"^(?:[A-ZÄÖÜ][\w.'-]*(?:[ ,/]+[A-ZÄÖÜ]?[\w.'-]*){0,5}?\s*"
    r"\((?:[A-Z][\w/ -]{1,20}|[a-z]{2,5})\)\s*(?:[-–—:]\s*)?"
    r"|[A-ZÄÖÜ]{3,}[A-ZÄÖÜ ,.]{0,30}\s[-–—]\s)"
)
_LIST_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[•*–-])\s+(?=[A-ZÄÖÜ])")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_TRAILING = re.compile(
    r",\s(?:which|who|whose|where|while|although|as well as|welche[rs]?|deren|dessen|"
    r"wobei|während|obwohl)\s[^,]*(?=[.!]$)"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|we|we're|our|us|my|wir|ich|unser\w*)\b")
_OPEN_QUOTE = re.compile(r"[\"“”„«»]")
_SECOND_PERSON = re.compile(r"\b(?:you|your|you're|ihr|euch)\b", re.IGNORECASE)
_DANGLING_START = re.compile(
    r"(?:among|one of|some of|most of|both of|all of|half of|two of|three of) "
    r"(?:them|these|those)\b|(?:unter|eine[rs]? von) (?:ihnen|diesen)\b",
    re.IGNORECASE,
)
# Characters into an article within which it says what it is about.
_LEAD = 700
_TWIN = 0.7
# Alike, but for the place or the sum: such news is told twice, not eight times.
_KIN = 0.45
_MOST_KIN = 2
# How much a happening of the heaviest kind (5) adds to a story's weight.
_HAPPENING = 0.3
_HALF_LIFE_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence that could stand in a dossier, with its worth (0 is unfit)."""

    words: str
    piece: Evidence
    worth: float


def pick(piece: Evidence, org: Org, longest: int = 300) -> Pick | None:
    """Pick the best sentence of a quote, trimmed; None where none is fit to print."""
    picks = [
        Pick(words, piece, worth(words, org, place) * centrality(words, piece))
        for place, found in enumerate(sentences.split(piece.quote))
        if (words := trim(found.text, longest))
    ]
    best = max(picks, key=lambda p: p.worth, default=None)
    return best if best and best.worth > 0 else None


def worth(words: str, org: Org, place: int = 0) -> float:
    """Say how well a sentence would tell a reader something about the org."""
    if not _stands_alone(words) or verify.hostile(words):
        return 0.0
    said = text.words(words)
    points = 1.0
    points += 1.5 * mentions(words, org)
    subject = " ".join(words.split()[:3])
    points += 0.3 * mentions(subject, org)
    points += 0.4 * min(2, len(figures.figures(words)))
    points += 0.5 * min(2, len(senses.families(words)))
    points += 0.3 * (len(words) in _WELL_LONG)
    points -= 0.1 * min(place, 5)
    if _FIRST_PERSON.search(words) or _SECOND_PERSON.search(words):
        points *= 0.4 if _OPEN_QUOTE.search(words) else 0.2
    return points * math.sqrt(len(set(said)) / max(1, len(said)))


def centrality(words: str, piece: Evidence) -> float:
    """Say how near a sentence is to what its article is about, 1 to about 3.

    It is near if it shares words with the headline, or stands where articles say
    what matters: at the start.
    """
    title = text.stems(piece.title)
    shared = len(title & text.stems(words)) / len(title) if title else 0.0
    start = piece.facts.get("start")
    lead = 0.6 if isinstance(start, int) and start < _LEAD else 0.0
    return 1.0 + 1.5 * shared + lead


def mentions(words: str, org: Org) -> bool:
    """Say whether a text names the org, alone or in a compound (Acme-Kunden)."""
    folded = f" {' '.join(_parts(words))} "
    return any(
        f" {' '.join(said)} " in folded
        for name in org.names
        if (said := list(_parts(name)))
    )


def _parts(words: str) -> Iterator[str]:
    for word in text.words(words):
        yield from filter(None, word.split("-"))


def trim(sentence: str, longest: int = 300) -> str:
    """Trim a sentence without altering a word of what stays; "" if it stays too long.

    Datelines, list numbers and asides in brackets go; a trailing side clause goes
    where needed.
    """
    words = _LIST_NUMBER.sub("", _DATELINE.sub("", text.clean(sentence)))
    words = _BRACKETED.sub("", words) if len(words) > longest // 2 else words
    if len(words) > longest * 0.8:
        words = _TRAILING.sub("", words)
    return words.strip() if len(words) <= longest else ""


def _stands_alone(words: str) -> bool:
    first = next(iter(text.words(words)), "")
    quotes = len(_OPEN_QUOTE.findall(words)) % 2 == 0
    return (
        sentences.is_prose(words)
        and not words.rstrip("\"'”’»“)]").endswith("?")
        and first not in lists.DANGLING
        and not _DANGLING_START.match(words)
        and (words[0].isupper() or words[0].isdigit() or words[0] in "\"“„«'$€£")
        and quotes
        and words.count("(") == words.count(")")
        and not words.endswith(("...", "…"))
    )


def headline(piece: Evidence, org: Org) -> str:
    """Give a headline as a sentence where it can stand as one, else ""."""
    words = text.clean(piece.title)
    named = mentions(words, org) and 5 <= text.count_words(words) <= 20
    if not named or words.endswith(("?", "…")) or verify.hostile(words):
        return ""
    return words if words.endswith((".", "!")) else f"{words}."


def by_story(pieces: Sequence[Evidence], org: Org, budget: Budget) -> list[list[Pick]]:
    """Group the best sentence of each outlet by story, the best first in each."""
    groups: dict[str, dict[str, Pick]] = {}
    for piece in sorted(pieces, key=lambda p: p.evidence_id):
        best = pick(piece, org, budget.sentence)
        if best is None:
            continue
        outlets = groups.setdefault(piece.story_id or piece.event_id, {})
        rival = outlets.get(piece.source)
        if rival is None or best.worth > rival.worth:
            outlets[piece.source] = best
    stories = [_best_first(list(outlets.values())) for outlets in groups.values()]
    return sorted(stories, key=lambda s: (-weight(s, budget), s[0].piece.evidence_id))


def _best_first(story: list[Pick]) -> list[Pick]:
    """Sort the outlets of one story; where some tell it in English, they go first."""
    foreign = {p.piece.source for p in story if text.language(p.piece.quote) != "en"}
    return sorted(
        story, key=lambda p: (p.piece.source in foreign, -p.worth, p.piece.evidence_id)
    )


def weight(story: list[Pick], budget: Budget) -> float:
    """Weigh a story: its best sentence, how fresh it is, how many outlets tell it."""
    newest = max((p.piece.dated for p in story if p.piece.dated), default=None)
    fresh = ranking.recency(newest, budget.now, _HALF_LIFE_DAYS)
    about = 1.0 if story[0].piece.facts.get("relation", "about") == "about" else 0.5
    told = f"{story[0].piece.title}. {story[0].words}"
    heavy = 1 + _HAPPENING * kinds.classify(told, "").happening.weight
    return story[0].worth * fresh * about * heavy * (1 + 0.2 * (len(story) - 1))


def varied(stories: Sequence[list[Pick]]) -> list[list[Pick]]:
    """Move stories behind the others that are one more of a kind told already."""
    first: list[list[Pick]] = []
    more: list[list[Pick]] = []
    for story in stories:
        kin = sum(_kin(story[0], other[0]) for other in first)
        (first if kin < _MOST_KIN else more).append(story)
    return [*first, *more]


def _kin(one: Pick, other: Pick) -> bool:
    return text.overlap(one.words, other.words) >= _KIN


def without_twins(stories: Sequence[list[Pick]], most: int = 40) -> list[list[Pick]]:
    """Leave out a story whose sentence was said before; stop at `most` stories."""
    kept: list[list[Pick]] = []
    said: list[tuple[frozenset[str], tuple[Figure, ...]]] = []
    for story in stories:
        one = text.stems(story[0].words), figures.figures(story[0].words)
        if len(kept) == most:
            break
        if not any(_says_the_same(one, other) for other in said):
            kept.append(story)
            said.append(one)
    return kept


def _says_the_same(
    one: tuple[frozenset[str], tuple[Figure, ...]],
    other: tuple[frozenset[str], tuple[Figure, ...]],
) -> bool:
    union = one[0] | other[0]
    alike = len(one[0] & other[0]) >= _TWIN * len(union)
    return alike and all(any(figures.agree(a, b) for b in other[1]) for a in one[1])


def is_old(piece: Evidence, budget: Budget) -> bool:
    """Say whether evidence is from before the window, or of no known date."""
    seen = piece.dated or piece.fetched_at
    return seen is None or seen < budget.since
