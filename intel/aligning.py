"""Find which sentence of the evidence a claim speaks of. Pure.

A figure, date or name that stands in the evidence may still be said of something else
there: it is, if a sentence nearer to the claim gives another one in its place.
"""

import re
from collections.abc import Callable, Sequence

from intel import figures, naming, periods, reckoning, text, wording
from intel import words as lists

_PRONOUN = re.compile(r"(?:He|She|Er|Sie|His|Her)\b")
# From so many concepts on, and with such a share of them, a claim follows a sentence.
_TELLING, _WHOLE = 4, 0.9
_BESIDE = 5  # words
_NEXT = re.compile(r" (?:[a-z-]+ )?([a-z]{3,}s)\b")
_SIDE = re.compile(
    r"[;,](?!\d)\s+(?:and |but |und |aber )?|\s(?:but|while|whereas|aber|während)\s"
)
_CLAUSE = re.compile(
    r"[;,:](?!\d)\s|\s-\s|\band\b|\bund\b|\bwhile\b|\bagainst\b|"
    r"\b(?:even )?(?:as|though|although)\b"
)
# Who or what is meant stands before these, what else is told of it behind.
_RELATIVE = re.compile(
    r"[;,](?!\d)\s|\b(?:that|which|who|whose) (?=(?:is|are|was|were|has|have|had)\b)"
)


def nearest(words: str, parts: Sequence[str], own: frozenset[str] = frozenset()) -> str:
    """Find the sentence that shares most with some words, `own` names left out."""
    mine, stems = wording.concepts(words) - own, text.stems(words)
    every = set(text.words(words))
    numbers = {w for w in every if any(map(str.isdigit, w)) or w in figures.VOCABULARY}

    def nearness(part: str) -> tuple[int, int, int, int]:
        listed = text.words(part)
        return (
            wording.shared(mine, wording.concepts(part)) + len(numbers & set(listed)),
            len(stems & text.stems(part)),
            len(every & set(listed)),
            -len(listed),
        )

    return max(parts, key=nearness)


def clauses(sentence: str) -> tuple[str, ...]:
    """Cut a sentence into clauses that could stand alone, at least three words long."""
    found: list[str] = []
    for part in _SIDE.split(sentence):
        if found and (
            len(part.split()) < 4 or part.lstrip().lower().startswith("from")
        ):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return tuple(found)


def sides(sentence: str) -> tuple[str, ...]:
    """Cut a sentence at its commas and buts, however short the parts are."""
    return tuple(filter(None, map(str.strip, _SIDE.split(sentence))))


def asides(sentence: str) -> tuple[str, ...]:
    """Cut a sentence wherever a clause may end."""
    return tuple(filter(None, map(str.strip, _CLAUSE.split(sentence))))


def misplaced_figure(
    one: reckoning.Placed,
    claimed: Sequence[reckoning.Placed],
    fact: str,
    parts: Sequence[str],
) -> bool:
    """Say whether a nearer sentence gives another figure of the same unit."""

    def holds(part: str) -> bool:
        return any(figures.agree(one.figure, f) for f in figures.figures(part))

    folded = text.fold(fact)
    thing = _counted(folded, folded.find(one.figure.written), one.figure)
    same = thing and any(_counts(thing, one.figure, part) for part in parts)

    def rivals(part: str) -> bool:
        return any(
            _same_sort(one.figure, f)
            and not any(figures.agree(c.figure, f) for c in claimed)
            and not (same and _counts_other(thing, f, part))
            for f in figures.figures(part)
        )

    misplaced = _misplaced(_clause(fact, one.figure.written), parts, holds, rivals) or (
        _follows_another(fact, parts, holds, rivals)
    )
    closer = _closer(one, claimed, fact, parts)
    return (misplaced and not closer) or _counts_others(one, fact, parts)


def _counts_others(one: reckoning.Placed, fact: str, parts: Sequence[str]) -> bool:
    """Say whether the evidence counts with a figure something else than a claim does.

    It does where what is counted stands there behind another figure, and never behind
    this one: "11 times", "26 wafers".
    """
    if one.figure.unit or one.figure.measure:
        return False
    folded = text.fold(fact)
    thing = _counted(folded, folded.find(one.figure.written), one.figure)
    same, rest = set[str](), set[str]()
    for part in parts:
        words = text.fold(part)
        for figure in figures.figures(part):
            what = _counted(words, figure.start, figure)
            if figures.agree(one.figure, figure):
                same.add(what)
            else:
                rest.add(what)
    return (
        bool(thing and same)
        and "" not in same
        and any(wording.alike(thing, what) for what in rest - {""})
        and not any(wording.alike(thing, what) for what in same)
    )


def _counts(thing: str, figure: figures.Figure, part: str) -> bool:
    """Say whether a sentence counts a thing with a figure: "17,400 tubes"."""
    words = text.fold(part)
    return any(
        wording.alike(thing, _counted(words, f.start, f))
        for f in figures.figures(part)
        if figures.agree(figure, f)
    )


def _counts_other(thing: str, figure: figures.Figure, part: str) -> bool:
    """Say whether a figure of a sentence counts something else: "two batches"."""
    what = _counted(text.fold(part), figure.start, figure)
    return bool(what) and not wording.alike(thing, what)


def _counted(folded: str, start: int, figure: figures.Figure) -> str:
    """Give the stem of the word right behind a figure, "" where none stands there."""
    after = folded[start + len(figure.written) :] if start >= 0 else ""
    found = _NEXT.match(after)
    return text.stem(found[1]) if found and found[1] not in lists.STOP else ""


def _closer(
    one: reckoning.Placed,
    claimed: Sequence[reckoning.Placed],
    fact: str,
    parts: Sequence[str],
) -> bool:
    """Say whether the words beside a figure stand beside it in the evidence, too.

    They must stand so less beside any figure that could be its rival.
    """
    folded = text.fold(fact)
    mine = _beside(folded, folded.find(one.figure.written), one.figure)
    own, others = [0], [0]
    for part in parts:
        words = text.fold(part)
        for figure in figures.figures(part):
            if not _same_sort(one.figure, figure):
                continue
            near = wording.shared(mine, _beside(words, figure.start, figure))
            if figures.agree(one.figure, figure):
                own.append(near)
            elif not any(figures.agree(c.figure, figure) for c in claimed):
                others.append(near)
    return max(own) > max(others)


def _beside(folded: str, start: int, figure: figures.Figure) -> frozenset[str]:
    """Give the concepts of the few words before and behind a figure."""
    end = start + len(figure.written)
    before, after = folded[: max(start, 0)].split(), folded[end:].split()
    near = [*before[-_BESIDE:], *after[:_BESIDE]]
    return wording.concepts(" ".join(near))


def misplaced_day(one: figures.Day, fact: str, parts: Sequence[str]) -> bool:
    """Say whether a nearer sentence gives another date of the same exactness."""

    def holds(part: str) -> bool:
        return any(figures.same_day(one, other) for other in figures.dates(part))

    def rivals(part: str) -> bool:
        return any(
            _exactness(d) == _exactness(one)
            and not any(figures.same_day(mine, d) for mine in named)
            for d in figures.dates(part)
        )

    named = figures.dates(fact)

    return _misplaced(_clause(fact, one.written), parts, holds, rivals) or (
        _follows_another(fact, parts, holds, rivals)
    )


def misplaced_period(one: periods.Period, fact: str, parts: Sequence[str]) -> bool:
    """Say whether a nearer sentence gives another period of the same sort."""

    def holds(part: str) -> bool:
        return any(
            p.sort == one.sort and p.number == one.number for p in periods.periods(part)
        )

    def rivals(part: str) -> bool:
        return any(
            p.sort == one.sort and (p.sort, p.number) not in named
            for p in periods.periods(part)
        )

    named = {(p.sort, p.number) for p in periods.periods(fact)}

    return _misplaced(_clause(fact, one.written), parts, holds, rivals)


def misplaced_name(fact: str, parts: Sequence[str], own: frozenset[str]) -> str:
    """Give a name whose sentence is further off than one on somebody else, or ""."""
    every = naming.names(fact)
    carried = f" {' '.join(text.words(' '.join(parts)))} "
    mine = [
        run
        for run in every
        if not own.issuperset(run)
        and not naming.is_of_country(run)
        and not naming.is_short_for(run, fact, carried)
    ]
    others_open = bool(every) and mine == list(every) and _opens(fact, every[0])
    if not mine or len(parts) < 2:
        return ""
    parts = resolved(parts)
    beside = next(
        (c for c in _RELATIVE.split(fact) if set(naming.names(c)) & set(mine)), fact
    )
    taken = {wording.concept(w) for run in mine for w in run}
    words = wording.concepts(beside) - own - taken

    def holds(part: str) -> bool:
        said = set(text.words(part))
        return any(said.intersection(run) for run in mine)

    given = [run for part in parts for run in naming.names(part)]
    full = {word for run in given if len(run) > 1 for word in run}

    def rivals(part: str) -> bool:
        return any(
            full.intersection(run) and not own.intersection(run)
            for run in naming.names(part)
        ) or (others_open and any(_opens(part, (word,)) for word in own))

    if _misplaced(words, parts, holds, rivals):
        return " ".join(mine[0])
    return _swapped(fact, parts, mine, own)


def _swapped(
    fact: str, parts: Sequence[str], mine: Sequence[naming.Name], own: frozenset[str]
) -> str:
    """Give a name that stands where the sentence that a claim follows has another."""
    every = set(text.words(fact))
    for run in mine if text.language(fact) == "en" else ():
        words = wording.concepts(fact) - own - set(map(wording.concept, run))
        behind = _behind(fact, run)
        for part in parts:
            share = wording.share(words, wording.concepts(part))
            known = set(run) & set(text.words(part))
            if len(words) < _TELLING or share < _WHOLE or known or not behind:
                continue
            others = [r for r in naming.names(part) if every.isdisjoint(r)]
            if any(_behind(part, other) == behind for other in others):
                return " ".join(run)
    return ""


def _behind(words: str, run: naming.Name) -> str:
    """Give the word that stands right behind a name."""
    listed = text.words(words)
    places = [at for at, word in enumerate(listed[:-1]) if word == run[-1]]
    return listed[places[0] + 1] if places else ""


def resolved(parts: Sequence[str]) -> tuple[str, ...]:
    """Put the name that opens a sentence before the "he" or "she" of the next."""
    found: list[str] = []
    name = ""
    for part in parts:
        if _PRONOUN.match(part):
            found.append(f"{name} {part}" if name else part)
            continue
        runs = naming.names(part)
        opened = bool(runs) and _opens(part, runs[0])
        name = " ".join(map(str.capitalize, runs[0])) if opened else ""
        found.append(part)
    return tuple(found)


def _opens(sentence: str, name: naming.Name) -> bool:
    return name[0] in text.words(sentence)[:2]


def _misplaced(
    words: frozenset[str],
    parts: Sequence[str],
    holds: Callable[[str], bool],
    rivals: Callable[[str], bool],
) -> bool:
    scored = [(wording.shared(words, wording.concepts(part)), part) for part in parts]
    carriers = [score for score, part in scored if holds(part)]
    if not carriers:
        return False
    return any(
        score > max(carriers) and score > 1 and not holds(part) and rivals(part)
        for score, part in scored
    )


def _follows_another(
    fact: str,
    parts: Sequence[str],
    holds: Callable[[str], bool],
    rivals: Callable[[str], bool],
) -> bool:
    """Say whether a claim follows a sentence that gives something else there."""
    words = wording.concepts(fact)
    if len(words) < _TELLING:
        return False
    close = [p for p in parts if wording.share(words, wording.concepts(p)) >= _WHOLE]
    return any(map(rivals, close)) and not any(map(holds, close))


def _clause(fact: str, written: str) -> frozenset[str]:
    """Give the concepts of the clause that holds some words, or of the whole claim."""
    for clause in _CLAUSE.split(text.fold(fact)):
        if written in clause and (found := wording.weighty(clause)):
            return found
    return wording.concepts(fact)


def _same_sort(one: figures.Figure, other: figures.Figure) -> bool:
    return one.unit == other.unit and one.measure == other.measure


def _exactness(day: figures.Day) -> tuple[bool, bool, bool]:
    return bool(day.year), bool(day.month), bool(day.day)
