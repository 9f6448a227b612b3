"""Tell whether an article is about a company, mentions it or means another. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from intel import contradictions
from intel.lexicon.cues import COMPANY_WORDS, PLACED_BEFORE
from intel.lexicon.sectors import SUBJECTS, tally
from intel.matcher import Matcher, candidates, host_of
from intel.mentions import Mention, Part, Sense, find, read
from intel.names import Known, Name, fold, known, short_name, strip_legal, tokens
from intel.words import listed
from store.records import Org, Relation

__all__ = [
    "Context",
    "Matcher",
    "NotUs",
    "Verdict",
    "candidates",
    "lesson",
    "published_by",
    "relate",
]

ABOUT = 0.5
_LEAD = 350
_TOPIC_CHARS = 6000
_TOPIC_WORD = re.compile(r"[^\W\d_][\w-]*|\d[gG]\b")
_GERMAN = listed("der die das und ist ein eine mit für auf von dem den sich nicht")
_ENGLISH = listed("the and of to in is for on that with at by from has its")


@dataclass(frozen=True, slots=True)
class NotUs:
    """What a person's *Not us* taught: this outlet means someone else by this name."""

    outlet: str
    name: str


@dataclass(frozen=True, slots=True)
class Context:
    """What else is known: words on the org's trade, and what *Not us* taught."""

    words: tuple[str, ...] = ()
    not_us: tuple[NotUs, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an article has to do with an org. `score` is from 0 to 1."""

    relation: Relation
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """All mentions of one org in one article, each with its sense."""

    known: Known
    read: tuple[tuple[Mention, Sense], ...]
    topics: Counter[str]
    words: Counter[str]

    def of(self, *parts: Part) -> list[tuple[Mention, Sense]]:
        return [pair for pair in self.read if pair[1].part in parts]


def relate(
    org: Org, title: str, text: str, url: str, outlet: str, context: Context
) -> Verdict:
    """Judge what one article has to do with one org, with the reason in plain words."""
    facts = known(org, context.words)
    reading = _read(facts, title, text)
    if not reading.read:
        return _own_site(facts, url) or Verdict(
            Relation.NONE, "the name does not occur", 0
        )
    if refused := _refuse(reading, outlet, context.not_us):
        return refused
    return _own_site(facts, url) or _weigh(reading, title, text)


def lesson(org: Org, title: str, text: str, outlet: str) -> NotUs:
    """Say what a *Not us* teaches: the name as this outlet writes it."""
    reading = _read(known(org), title, text)
    longer = Counter(
        name for mention, _ in reading.read if (name := _longer_name(mention))
    )
    if longer and not any(mention.name.full for mention, _ in reading.read):
        return NotUs(outlet, longer.most_common(1)[0][0])
    surfaces = Counter(mention.surface for mention, _ in reading.read)
    return NotUs(outlet, surfaces.most_common(1)[0][0] if surfaces else org.callsign)


def _longer_name(mention: Mention) -> str:
    after = re.match(r" ([A-ZÄÖÜ][\w-]+)", mention.right)
    before = re.search(r"(?<=\w )([A-ZÄÖÜ][\w-]+) $", mention.left)
    parts = (before[1] if before else "", mention.surface, after[1] if after else "")
    return " ".join(part for part in parts if part) if before or after else ""


def _read(facts: Known, title: str, text: str) -> _Reading:
    german = _is_german(text or title)
    mentions = find(facts.names, text, in_title=False)
    names = (*facts.names, *_short_forms(facts, mentions))
    if len(names) > len(facts.names):
        mentions = find(names, text, in_title=False)
    heading = find(names, title, in_title=True)
    cased = not german and not _title_case(title)
    pairs = (
        *((m, read(m, facts, plain_case=cased)) for m in heading),
        *((m, read(m, facts, plain_case=not german)) for m in mentions),
    )
    words = _topic_words(title, text, mentions)
    return _Reading(facts, pairs, tally(words), Counter(words))


def _short_forms(facts: Known, mentions: tuple[Mention, ...]) -> tuple[Name, ...]:
    """Once the full name stands in the text, its first word alone means the org too."""
    singles = {name.words[0] for name in facts.names if len(name.words) == 1}
    full = {m.name.text for m in mentions if m.name.full and " " in m.name.text}
    return tuple(short_name(name) for name in full if _distinct(name, singles))


def _distinct(name: str, singles: set[str]) -> bool:
    first = next(iter(tokens(fold(name))), "")
    return first not in singles and first not in _LOOSE and len(first) > 3


_LOOSE = listed(
    """deutsche deutscher deutsches british american royal national first united general
    international european trade media best smart digital global great grand swiss
    bank banco banque haus house"""
)


def _is_german(text: str) -> bool:
    words = Counter(tokens(text[:4000]))
    return sum(words[w] for w in _GERMAN) > sum(words[w] for w in _ENGLISH)


def _title_case(title: str) -> bool:
    words = re.findall(r"[A-Za-zÀ-ÿ]{4,}", title)[1:]
    return bool(words) and sum(w[0].isupper() for w in words) > len(words) * 0.6


def _topic_words(title: str, text: str, mentions: tuple[Mention, ...]) -> list[str]:
    """Take the words of the headline, the opening, and the passages with the name."""
    parts = [title, text[:600]]
    last = 600
    for mention in mentions:
        if mention.at > last and sum(map(len, parts)) < _TOPIC_CHARS:
            parts.append(text[max(last, mention.at - 150) : mention.at + 250])
            last = mention.at + 250
    return [word.casefold() for part in parts for word in _TOPIC_WORD.findall(part)]


def published_by(org: Org, host: str, outlet: str) -> bool:
    """Say whether an article stands on the company's own domain or under its name."""
    facts = known(org)
    if facts.domain and (host == facts.domain or host.endswith("." + facts.domain)):
        return True
    named = " ".join(tokens(fold(strip_legal(outlet))))
    return bool(named) and named in {" ".join(name.words) for name in facts.names}


def _own_site(facts: Known, url: str) -> Verdict | None:
    host = host_of(url)
    if facts.domain and (host == facts.domain or host.endswith("." + facts.domain)):
        return Verdict(Relation.ABOUT, f"published on its own site, {host}", 1.0)
    return None


def _refuse(
    reading: _Reading, outlet: str, not_us: tuple[NotUs, ...]
) -> Verdict | None:
    ours = reading.of(Part.CORE, Part.PASSING)
    if not ours:
        return _no_one_of_ours(reading, reading.of(Part.OTHER))
    sure = any(mention.name.full for mention, _ in ours)
    if reason := _against(reading, sure=sure):
        return _namesake(reason, 0.9)
    if sure:
        return None
    if common := _a_word(reading):
        return Verdict(Relation.NONE, common, 0.0)
    objections = _objections(reading, outlet, not_us)
    return next((_namesake(why, how) for why, how in objections if why), None)


def _objections(
    reading: _Reading, outlet: str, not_us: tuple[NotUs, ...]
) -> Iterator[tuple[str, float]]:
    """Give what speaks for another bearer of the name, the strongest first."""
    yield _taught(reading, outlet, not_us), 0.9
    if _outweighed(reading) or _introduced(reading):
        yield reading.of(Part.OTHER)[0][1].reason, 0.85
    yield _of_another_trade(reading), 0.8
    yield _wrong_subject(reading), 0.75


def _against(reading: _Reading, *, sure: bool) -> str:
    """Find in the article what the notes say the company is not."""
    hits, why = contradictions.what_it_is_not(reading.known, reading.words)
    enough = hits >= (3 if sure else 2) and hits > _support(reading) * (1 + sure)
    return why if enough else ""


def _of_another_trade(reading: _Reading) -> str:
    mentions = [mention for mention, _ in reading.of(Part.CORE, Part.PASSING)]
    spoken, why = contradictions.described_otherwise(
        reading.known, mentions, reading.topics
    )
    return why if spoken >= 3 and spoken > _support(reading) else ""


def _a_word(reading: _Reading) -> str:
    """See a common word that has a capital only where every word has one.

    Told of the word itself it stands in lower case at least as often; words of the
    company's trade then prove nothing: spoons are found in kitchens.
    """
    small = [sense for _, sense in reading.of(Part.WORD) if sense.sure]
    ours = [mention for mention, _ in reading.of(Part.CORE, Part.PASSING)]
    bare = all(mention.in_title or not mention.left.strip() for mention in ours)
    plain = len(small) >= len(ours) or not _support(reading)
    return small[0].reason if small and bare and plain else ""


def _no_one_of_ours(reading: _Reading, others: list[tuple[Mention, Sense]]) -> Verdict:
    if others:
        return _namesake(others[0][1].reason, 0.95)
    words = reading.of(Part.WORD)
    return Verdict(Relation.NONE, words[0][1].reason, 0.0)


def _namesake(reason: str, score: float) -> Verdict:
    return Verdict(Relation.NAMESAKE, f"someone else: {reason}", round(1 - score, 2))


def _taught(reading: _Reading, outlet: str, not_us: tuple[NotUs, ...]) -> str:
    surfaces = {fold(mention.surface).casefold() for mention, _ in reading.read}
    around = " ".join(
        f"{m.left}{m.surface}{m.right}" for m, _ in reading.read
    ).casefold()
    for taught in not_us:
        name = fold(taught.name).casefold()
        if name not in surfaces and name in around:
            return f"{taught.name}, which a person marked Not us"
        if name in surfaces and taught.outlet == outlet and _support(reading) < 3:
            return f"{outlet} meant someone else by {taught.name} before (Not us)"
    return ""


def _support(reading: _Reading) -> int:
    """Count what speaks for our company: words of its trade, twice those told of it."""
    trades = sum(reading.topics[trade] for trade in reading.known.trades)
    return trades + sum(2 for word in reading.known.words if reading.words[word])


def _introduced(reading: _Reading) -> bool:
    """Say whether the text, at first mention, gives another firm's full name."""
    return next((s.firm for mention, s in reading.read if not mention.in_title), False)


def _outweighed(reading: _Reading) -> bool:
    def weight(*parts: Part) -> float:
        return sum(
            (2 if mention.in_title else 1)
            * (1 if sense.part is not Part.OTHER or sense.sure else 0.5)
            for mention, sense in reading.of(*parts)
        )

    others = weight(Part.OTHER)
    bonus = min(_support(reading), 4) * 0.5
    return others > 0 and others >= weight(Part.CORE, Part.PASSING) + bonus


def _wrong_subject(reading: _Reading) -> str:
    """Name the subject that makes another bearer of the name likelier, if one does."""
    ours, support = reading.of(Part.CORE, Part.PASSING), _support(reading)
    if _as_a_place(reading) and not support:
        return f"{ours[0][0].surface} is a place here"
    if all(sense.part is Part.PASSING for _, sense in ours):
        return _other_world(reading, support * 1.5 + 3)
    if not all(mention.name.shared for mention, _ in ours):
        return _far_off(reading, support)
    if reason := _other_world(reading, support * 1.5 + _business(reading) * 0.7):
        return reason
    return "" if support else _untied(reading)


def _untied(reading: _Reading) -> str:
    """Judge a common word where no word of our company's trade stands."""
    top, most = (*_foreign(reading).most_common(1), ("", 0))[0]
    if reading.known.trades and most >= 2:
        return f"the article speaks of {top}, not of its trade"
    tied = _business(reading) > 0 or any(s.sure for _, s in reading.of(Part.PASSING))
    return "" if tied else "nothing in the article ties the name to the company"


def _far_off(reading: _Reading, support: int) -> str:
    """Judge by subject a name that is no common word: it takes more to refuse it."""
    foreign, business = _foreign(reading), _business(reading)
    if support or not foreign:
        return ""
    subjects = sum(count for topic, count in foreign.items() if topic in SUBJECTS)
    top, most = foreign.most_common(1)[0]
    if reading.known.trades and (subjects > 1 + 2 * business or most >= 3 + business):
        return f"the article speaks of {top}, not of its trade"
    return f"the article speaks of {top}" if subjects >= 5 + 5 * business else ""


def _other_world(reading: _Reading, allowed: float) -> str:
    foreign = _foreign(reading)
    subjects = Counter({t: n for t, n in foreign.items() if t in SUBJECTS})
    if subjects.total() > allowed:
        return f"the article speaks of {subjects.most_common(1)[0][0]}"
    return ""


def _foreign(reading: _Reading) -> Counter[str]:
    trades = reading.known.trades
    return Counter({t: n for t, n in reading.topics.items() if t not in trades})


def _business(reading: _Reading) -> int:
    return sum(reading.words[word] for word in COMPANY_WORDS)


def _as_a_place(reading: _Reading) -> bool:
    ours = [m for m, _ in reading.of(Part.CORE, Part.PASSING)]
    placed = [m for m in ours if PLACED_BEFORE.search(m.left)]
    local = sum(reading.topics[topic] for topic in ("places", "crime", "weather"))
    return len(placed) * 2 > len(ours) and local >= 2


def _weigh(reading: _Reading, title: str, text: str) -> Verdict:
    core, passing = reading.of(Part.CORE), reading.of(Part.PASSING)
    in_title = [m for m, _ in core if m.in_title]
    in_body = [m for m, _ in core if not m.in_title]
    in_lead = [m for m in in_body if m.at < _LEAD]
    score = 0.55 * bool(in_title) + 0.15 * any(len(m.left) < 3 for m in in_title)
    score += 0.25 * bool(in_lead) + min(0.28, 0.07 * len(in_body))
    if not in_title:
        score -= 0.15 if _overshadowed(reading, title, text) else -0.15 * bool(in_lead)
    score -= 0.1 * (len(passing) > len(core))
    score = round(min(1.0, max(0.05, score)), 2)
    if score >= ABOUT:
        return Verdict(Relation.ABOUT, _why(in_title, in_lead, in_body), score)
    why = passing[0][1].reason if passing else "named beside the main subject"
    return Verdict(Relation.MENTION, f"only in passing: {why}", score)


def _why(
    in_title: list[Mention], in_lead: list[Mention], in_body: list[Mention]
) -> str:
    where = ["in the headline"] * bool(in_title) + ["in the opening"] * bool(in_lead)
    times = len(in_body)
    return f"named {' and '.join(where) or 'throughout'}, {times} × in the text"


def _overshadowed(reading: _Reading, title: str, text: str) -> bool:
    """Say whether a name in the headline is spoken of more than ours."""
    own = {word for name in reading.known.names for word in name.words}
    ours = len([m for m, _ in reading.of(Part.CORE, Part.PASSING) if not m.in_title])
    plain, seen = fold(text), set(re.findall(r"[A-ZÄÖÜ][\w&-]+", fold(title)))
    return any(
        plain.count(word) >= max(2, ours)
        for word in seen
        if word.casefold() not in own and f" {word.casefold()} " not in plain
    )
