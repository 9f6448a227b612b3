"""Find the facts a draft may rest on, and put each into a sentence. Pure.

Internal evidence gives its channel and its day, never a word of what it says.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from intel import (
    claims,
    company,
    draft_notes,
    draft_rounds,
    draft_words,
    evidence,
    figures,
    kinds,
    picking,
    rounds,
    senses,
    sentences,
    signals,
    text,
    usage,
    verify,
)
from intel.claims import Budget
from intel.draft_notes import Wish
from intel.kinds import Happening
from intel.trend.records import Verdict
from store.records import Evidence, Intent, Kind, Org

# How old evidence may be to write to a customer about it, in days.
FUNDING_DAYS = 120
INCIDENT_DAYS = 45
USAGE_DAYS = 30
NEWS_DAYS = 100
# What is missing where no fact is found, and which box to fill.
MISSING: Mapping[Intent, tuple[str, str]] = {
    Intent.CONGRATS_FUNDING: (
        f"no report of a funding round of {{name}} from the last {FUNDING_DAYS} days",
        "Fill Funding Round, Funding Date, Funding Amount and Funding Source, or "
        "choose another Draft Intent.",
    ),
    Intent.QUARTERLY_CHECKIN: (
        f"no news about {{name}} from the last {NEWS_DAYS} days, and no "
        f"use measured in the last {USAGE_DAYS} days",
        "Fill Verified Domain and Aliases, so that news is found under every name.",
    ),
    Intent.USAGE_DIP_FOLLOWUP: (
        f"no fall in any usage figure of {{name}} measured in the last "
        f"{USAGE_DAYS} days",
        "Usage comes from the usage source, not from a box; choose another Draft "
        "Intent, quarterly_checkin for example.",
    ),
    Intent.INCIDENT_FOLLOWUP: (
        f"no support contact and no report of an incident of {{name}} from the last "
        f"{INCIDENT_DAYS} days",
        "Choose another Draft Intent, or fill Aliases so that reports under other "
        "names are found.",
    ),
}
OPEN = "open"
# The state of a ticket, as its connector puts it in front.
_OPEN = re.compile(r"\s*\[(?:new|open|pending|hold|on-hold)\]", re.IGNORECASE)
_EVER = 20_000
_QUOTED = 220
_STEADY = 0.05  # the share by which use may change and still be called steady
_SPEAKER = re.compile(r"^Speaker \d+: ")


Choose = Callable[[str, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence for a customer with the evidence it rests on.

    `slots` are words that subject lines may use.
    """

    words: str
    piece: Evidence
    slots: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """What facts are looked for in: one org's evidence, seen from `now`.

    `choose` picks one of several wordings, `wish` is a colleague's. Where age does not
    count (`ageless`), what is too old for a letter is found as well.
    """

    org: Org
    pieces: tuple[Evidence, ...]
    now: datetime
    choose: Choose
    wish: Wish = Wish()  # noqa: RUF009, a frozen value
    ageless: bool = False


def find(intent: Intent, frame: Frame) -> tuple[Fact, ...]:
    """Find the facts for an intent, the main one first; none means too thin.

    What a colleague wishes to be spoken of, and evidence has, is told after it.
    """
    groups: tuple[list[Fact], ...]
    match intent:
        case Intent.CONGRATS_FUNDING:
            groups = (_funding(frame),)
        case Intent.USAGE_DIP_FOLLOWUP:
            groups = (_usage(frame, only_drops=True),)
        case Intent.INCIDENT_FOLLOWUP:
            groups = ([*_contacts(frame), *_incidents(frame)], _said(frame))
        case Intent.QUARTERLY_CHECKIN:
            groups = (_news(frame), _usage(frame))
    main = tuple(fact for group in groups for fact in _best(group, frame))
    if not main:  # rather what should not be spoken of than no letter
        main = next((tuple(group[:1]) for group in groups if group), ())
    return (*main, *_wished(main, frame)) if main else ()


def _best(found: Sequence[Fact], frame: Frame) -> tuple[Fact, ...]:
    """Choose what a colleague wishes for, else the first."""
    free = [fact for fact in found if not speaks_of(fact, frame.wish.never)]
    free.sort(key=lambda fact: -len(told_of(fact) & frame.wish.topics))
    return tuple(free[:1])


def _wished(main: Sequence[Fact], frame: Frame) -> tuple[Fact, ...]:
    """Find one fact more, where the main ones leave a wish open."""
    missing = frame.wish.topics.difference(*map(told_of, main))
    if not missing:
        return ()
    taken = {fact.piece.evidence_id for fact in main}
    others = [*_news(frame), *_funding(frame), *_usage(frame), *_contacts(frame)]
    fit = [
        fact
        for fact in others
        if fact.piece.evidence_id not in taken
        and told_of(fact) & missing
        and not speaks_of(fact, frame.wish.never)
    ]
    return tuple(sorted(fit, key=lambda fact: -len(told_of(fact) & missing))[:1])


def told_of(fact: Fact) -> frozenset[str]:
    """Give what a fact speaks of, as stems; of a contact, what it was about."""
    kind = str(fact.piece.facts.get("channel") or fact.piece.kind)
    kind = {"zendesk": "support", "email": "support"}.get(kind, kind)
    inside = evidence.words_of(fact.piece) if fact.piece.internal else ""
    return draft_notes.topics_of(f"{fact.words}\n{inside}", kind)


def speaks_of(fact: Fact, stems: frozenset[str]) -> bool:
    """Say whether a fact speaks of something that should not be spoken of."""
    return bool(stems & told_of(fact))


def _public(frame: Frame, days: int) -> list[Evidence]:
    """List what customers may be told, outside evidence first, newest first."""
    return [
        piece
        for piece in evidence.newest_first(frame.pieces)
        if not piece.internal and _is_recent(piece, frame, days)
    ]


def _is_recent(piece: Evidence, frame: Frame, days: int) -> bool:
    if piece.dated is None:
        return False
    return frame.ageless or frame.now - piece.dated <= timedelta(days=days)


def _funding(frame: Frame) -> list[Fact]:
    found = []
    for piece in _public(frame, FUNDING_DAYS):
        if piece.kind in {Kind.NEWS, Kind.FUNDING, Kind.PRESS}:
            fact = _structured(piece, frame) or _quoted_round(piece, frame)
        elif piece.facts.get("field") == "funding_round":
            fact = None if piece.facts.get("differs") else _recorded(piece, frame)
        else:
            continue
        if fact:
            found.append(fact)
    return sorted(found, key=_told_best)


def _told_best(fact: Fact) -> tuple[bool, int, float]:
    """Order what is read in the news before what our records hold, richest first."""
    recorded = "field" in fact.piece.facts
    return recorded, -len(fact.slots), -_stamp(fact.piece)


def _recorded(piece: Evidence, frame: Frame) -> Fact | None:
    """Name a round that a person entered, if its own date is recent."""
    told = next((d for d in figures.dates(piece.quote) if d.year and d.day), None)
    if told is None:
        return None
    announced = date(told.year, told.month, told.day)
    days = (frame.now.date() - announced).days
    if not 0 <= days <= (_EVER if frame.ageless else FUNDING_DAYS):
        return None
    kind = str(piece.facts.get("round_type") or piece.facts.get("value"))
    kind = "funding" if kind == rounds.UNKNOWN else kind
    day = spelled(announced, frame.now.date())
    words = draft_words.RECORDED.format(round=kind, day=day)
    return Fact(words, piece, {"round": f"{kind} round"})


def _stamp(piece: Evidence) -> float:
    return piece.dated.timestamp() if piece.dated else 0.0


def _structured(piece: Evidence, frame: Frame) -> Fact | None:
    """Say who raised how much in which round, as far as the sentence says it."""
    for found in sentences.split(piece.quote):
        told = draft_rounds.told(text.clean(found.text), frame.org)
        if told and _holds(told.fact, piece, frame.org):
            slots = {"round": f"{told.kind} round"} if told.kind else {}
            return Fact(_reported(told.fact, piece, frame), piece, slots)
    return None


def _holds(fact: str, piece: Evidence, org: Org) -> bool:
    claim = claims.make(claims.EXTERNAL, org.org_id, f"{fact}.", [piece.evidence_id])
    # "Raised" and "round" are our frame; figures and names are what is checked.
    limits = verify.Limits(wording=0.3)
    return verify.judge(claim, {piece.evidence_id: piece}, org, limits) is None


def _reported(fact: str, piece: Evidence, frame: Frame) -> str:
    form = frame.choose("report", draft_words.REPORTS)
    return form.format(source=piece.source, day=_day(piece, frame), fact=fact)


def _quoted_round(piece: Evidence, frame: Frame) -> Fact | None:
    picked = picking.pick(piece, frame.org, _QUOTED)
    if picked is None or not draft_rounds.raises(picked.words, frame.org):
        return None
    return Fact(_quoting(picked.words, piece, frame), piece)


def _quoting(words: str, piece: Evidence, frame: Frame) -> str:
    own = text.fold(piece.source) in {text.fold(name) for name in frame.org.names}
    forms = draft_words.OWN_QUOTES if own else draft_words.QUOTES
    form = frame.choose("own" if own else "quote", forms)
    return form.format(
        source=piece.source, day=_day(piece, frame), quote=_unquoted(words)
    )


def _unquoted(words: str) -> str:
    return re.sub('[“”„"]', "'", words)


def _news(frame: Frame) -> list[Fact]:
    """List quotable news that a customer would not mind to read, best first."""
    found = []
    for piece in _public(frame, NEWS_DAYS):
        if not evidence.is_outside(piece):
            continue
        picked = picking.pick(piece, frame.org, _QUOTED)
        if picked is None or senses.leaning(f"{piece.title} {picked.words}") < 0:
            continue
        if picking.mentions(picked.words, frame.org):
            fact = _structured(piece, frame)
            words = fact.words if fact else _quoting(picked.words, piece, frame)
            found.append((picked.worth, Fact(words, piece)))
    found.sort(key=lambda f: (-f[0], f[1].piece.evidence_id))
    return [fact for _, fact in found]


def _incidents(frame: Frame) -> list[Fact]:
    found = []
    for piece in _public(frame, INCIDENT_DAYS):
        outside = evidence.is_outside(piece)
        picked = picking.pick(piece, frame.org, _QUOTED) if outside else None
        if picked is None or not picking.mentions(picked.words, frame.org):
            continue
        told = kinds.classify(piece.title, picked.words).happening
        if told is Happening.INCIDENT:
            words = _quoting(picked.words, piece, frame)
            found.append(Fact(words, piece, {"matter": draft_words.INCIDENT}))
    return found


def _said(frame: Frame) -> list[Fact]:
    """Quote complaints out of calls, where the settings release what was said."""
    found = []
    for piece in company.only(_public(frame, INCIDENT_DAYS), str(Kind.CALL)):
        for one in sentences.split(piece.quote) if piece.event_id else ():
            words = _SPEAKER.sub("", picking.trim(one.text, _QUOTED))
            if senses.leaning(words) < 0 and not verify.hostile(words):
                form = frame.choose("call", draft_words.CALL_QUOTES)
                told = form.format(day=_day(piece, frame), quote=_unquoted(words))
                found.append(Fact(told, piece))
    return found


def _usage(frame: Frame, *, only_drops: bool = False) -> list[Fact]:
    """List the metrics that can be compared, the largest fall first."""
    found = []
    for piece in company.only(_public(frame, USAGE_DAYS), usage.KIND):
        change = piece.facts.get("change")
        dropped = piece.facts.get("verdict") == Verdict.DROP
        if isinstance(change, float) and (dropped or not only_drops):
            found.append((change, _trend(piece, frame)))
    found.sort(key=lambda f: (f[0], f[1].piece.evidence_id))
    return [fact for _, fact in found]


def _trend(piece: Evidence, frame: Frame) -> Fact:
    name = usage.named(piece.title)
    metric = name if name[:2].isupper() else f"{name[:1].lower()}{name[1:]}"
    recent, before = _shown(piece.facts["recent"]), _shown(piece.facts["baseline"])
    level = abs(piece.facts["change"]) < _STEADY or recent == before
    forms = draft_words.USAGE_LEVEL if level else draft_words.USAGE
    form = frame.choose("level" if level else "usage", forms)
    fell = piece.facts["recent"] < piece.facts["baseline"]
    words = form.format(
        metric=metric,
        recent=recent,
        before=before,
        turn="down from" if fell else "up from",
        day=_day(piece, frame),
    )
    return Fact(words[0].upper() + words[1:], piece, {"metric": metric})


def _shown(value: float) -> str:
    """Write an average as in a letter: without decimals, where it is no small one."""
    return usage.number(round(value) if value >= 10 else value)


def _contacts(frame: Frame) -> list[Fact]:
    """Mention contacts by channel and day alone; unhappy ones first."""
    budget = Budget(0, frame.now, _EVER if frame.ageless else INCIDENT_DAYS)
    recent = signals.contacts(frame.pieces, budget)
    ranked = sorted(recent, key=lambda p: (_mood(p) > -0.3, -_stamp(p)))
    return [_contact(piece, frame) for piece in ranked]


def _contact(piece: Evidence, frame: Frame) -> Fact:
    form = frame.choose("contact", draft_words.CONTACTS)
    matter = _channel(piece)
    words = form.format(matter=matter, day=_day(piece, frame))
    state = {"state": OPEN} if _OPEN.match(piece.quote) else {}
    return Fact(words, piece, {"matter": matter, **state})


def _mood(piece: Evidence) -> float:
    mood = piece.facts.get("sentiment")
    return mood if isinstance(mood, float) else 0.0


def _channel(piece: Evidence) -> str:
    default = "call" if piece.kind == Kind.CALL else "zendesk"
    channel = str(piece.facts.get("channel"))
    known = draft_words.CHANNELS
    return known.get(channel, known[default])


def _day(piece: Evidence, frame: Frame) -> str:
    return spelled(evidence.day(piece), frame.now.date())


def spelled(day: date | None, today: date) -> str:
    """Write a day as in a letter: 12 November, with the year where it is another."""
    if day is None:
        return "an unknown day"
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"
