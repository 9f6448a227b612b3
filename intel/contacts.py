"""Choose what customers said that is worth telling, once for each contact. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intel import company, evidence, figures, picking, senses, sentences, text, verify
from intel.claims import Budget
from intel.privacy.spans import PLACEHOLDER
from store.records import Evidence, Kind

KINDS = (str(Kind.SUPPORT), str(Kind.CALL))
# A contact with a sentiment (-1 to 1) below this is a complaint.
UNHAPPY = -0.3
_FROM_A_CALL = 2
_SPEAKER = re.compile(r"^Speaker \d+: ")
_TICKET = re.compile(
    r"^\[(?P<status>new|open|pending|hold|solved|closed|unknown)\] "
    r"(?P<subject>(?:(?:re|fwd?|aw|wg): )*[^:]+)(?:: (?P<rest>.+))?$",
    re.IGNORECASE | re.DOTALL,
)
_DONE = frozenset({"solved", "closed"})
_WEIGHTY = re.compile(
    r"\b(?:renew\w*|cancel\w*|terminat\w*|switch\w*|another (?:product|provider|vendor)"
    r"|competitor\w*|alternative\w*|look elsewhere|leave you|budget\w*|seats?|"
    r"licen[cs]es?|expan\w+|unacceptable|furious|kündig\w*|verlänger\w*|wechsel\w*|"
    r"lizenz\w*|anbieter)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^(?:thank\w*|hello|hi|hey|dear|great|right|ok(?:ay)?|yes|no|please|sorry|regards|"
    r"best|bye|i am sorry|vielen dank|danke|hallo|bitte|viele grüße|mit "
    r"freundlichen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one contact comes to: words to tell, and the evidence that holds them.

    `plain` are the sentence alone, for where the whole cannot be told.
    """

    words: str
    plain: str
    piece: Evidence
    mood: float | None
    open: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: str
    piece: Evidence
    worth: float


def recent(pieces: Iterable[Evidence], budget: Budget) -> list[Evidence]:
    """List the contacts inside the window, newest first."""
    every = evidence.newest_first(company.only(pieces, *KINDS))
    return [piece for piece in every if not picking.is_old(piece, budget)]


def said(pieces: Iterable[Evidence], budget: Budget) -> list[Said]:
    """Say what each ticket and call comes to; open complaints first, then the newest.

    Mail, of which only the subject is known, is told once and last.
    """
    groups: dict[str, list[Evidence]] = {}
    for piece in recent(pieces, budget):
        groups.setdefault(piece.story_id or piece.evidence_id, []).append(piece)
    found = [one for group in groups.values() for one in _of(group, budget)]
    mail = [one for one in found if one.piece.facts.get("channel") == "email"]
    rest = [one for one in found if one not in mail]
    return [*sorted(rest, key=lambda one: not _presses(one)), *mail[:1]]


def _presses(one: Said) -> bool:
    return one.open and one.mood is not None and one.mood < UNHAPPY


def _of(group: Sequence[Evidence], budget: Budget) -> list[Said]:
    """Tell one contact: a ticket by its summary, a call by what was said in it."""
    summary = next((piece for piece in group if not piece.event_id), None)
    mood = summary.facts.get("sentiment") if summary else None
    spoken = [piece for piece in group if piece.event_id]
    if summary and (ticket := _TICKET.match(summary.quote)):
        return _ticket(ticket, summary, mood, budget)
    source = spoken or ([summary] if summary else [])
    most = _FROM_A_CALL if spoken and spoken[0].kind == Kind.CALL else 1
    ranked = sorted(_sentences(source, budget), key=lambda s: -s.worth)[:most]
    if not ranked and summary and not verify.hostile(summary.quote):
        ranked = [_Sentence(text.clip(summary.quote, budget.sentence), summary, 0.0)]
    return [Said(s.words, s.words, s.piece, mood, open=True) for s in ranked]


def _ticket(
    ticket: re.Match[str], summary: Evidence, mood: float | None, budget: Budget
) -> list[Said]:
    status, subject = ticket["status"].lower(), ticket["subject"].strip()
    ranked = _ranked(ticket["rest"] or "", summary, budget)
    best = max(ranked, key=lambda s: s.worth, default=None)
    head = f"{subject} ({status})"
    words = f"{head}: {best.words}" if best else head
    if verify.hostile(words) or not (best or _substance(subject) > 1):
        return []
    plain = best.words if best else words
    return [Said(words, plain, summary, mood, open=status not in _DONE)]


def _sentences(pieces: Iterable[Evidence], budget: Budget) -> list[_Sentence]:
    return [s for piece in pieces for s in _ranked(piece.quote, piece, budget)]


def _ranked(words: str, piece: Evidence, budget: Budget) -> list[_Sentence]:
    found = []
    for place, sentence in enumerate(sentences.split(words)):
        told = picking.trim(_SPEAKER.sub("", sentence.text), budget.sentence)
        value = worth(told, place)
        if value > 0 and not verify.hostile(told):
            found.append(_Sentence(told, piece, value))
    return found


def worth(words: str, place: int = 0) -> float:
    """Say how much a sentence tells of the customer's matter, 0 or less for nothing.

    What is mostly redaction marks, greetings or thanks tells nothing.
    """
    substance = _substance(words)
    if substance < 3 + 2 * len(PLACEHOLDER.findall(words)):
        return 0.0
    points = min(substance, 12) - 0.5 * min(place, 6)
    points += 5.0 * bool(_WEIGHTY.search(words))
    points += 2.0 * bool(senses.leaning(words))
    points += 1.0 * bool(figures.figures(words))
    points -= 4.0 * bool(_COURTESY.match(words))
    return points


def _substance(words: str) -> int:
    return len(text.stems(PLACEHOLDER.sub(" ", words)))
