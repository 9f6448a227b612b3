"""Compose an e-mail draft from evidence, or say what is missing. Pure.

Nothing here sends anything. Only facts carried by public evidence, or by figures of
the customer's own use, reach the text.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from intel import (
    draft_facts,
    draft_notes,
    draft_words,
    evidence,
    leaks,
    links,
    text,
    triggers,
)
from intel.case import Readers, Similarity
from intel.dossier import Material
from intel.draft_facts import Fact, Frame
from intel.draft_notes import Wish
from intel.errors import LeakedInternal, UnusableDraft
from intel.llm.errors import ModelError
from intel.trend.records import Verdict
from intel.usage import KIND
from store import ids
from store.records import ActionItem, Evidence, Intent, Org

FEWEST, MOST = 100, 150
_LONG = 125  # words from which a letter counts as long
_SIZED = ("opening", "reason", "offer", "ask")  # the slots that make up its length


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a letter; `evidence_ids` is empty where it states no fact."""

    text: str
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter ready for a person to check: paragraphs of lines.

    `note` says that a model should have written and did not, `problem` why; `heard`
    says what became of a colleague's note.
    """

    org_id: str
    intent: Intent
    subject: str
    paragraphs: tuple[tuple[Line, ...], ...]
    cited: tuple[Evidence, ...]
    note: str = ""
    problem: str = ""
    heard: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The clean copy, without markers."""
        return "\n\n".join(" ".join(ln.text for ln in p) for p in self.paragraphs)

    def as_dict(self) -> dict[str, Any]:
        """Give subject, body_md and citations, as `compose_email` is specified."""
        return {
            "subject": self.subject,
            "body_md": self.body,
            "citations": [_citation(piece, self) for piece in self.cited],
        }


@dataclass(frozen=True, slots=True)
class Thin:
    """The evidence does not carry a letter: what is missing, and what to fill."""

    org_id: str
    intent: Intent
    missing: str
    fill: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a letter is written from: the facts to be told, and what else is known.

    Evidence from before `since` is too old to bring up. `note` is what a colleague
    wishes of a new version, `similarity` measures how near two texts are in meaning,
    `reader` gives the learned reader of claims.
    """

    org: Org
    intent: Intent
    facts: tuple[Fact, ...]
    pieces: tuple[Evidence, ...]
    since: datetime
    version: int
    choose: draft_facts.Choose
    note: str = ""
    similarity: Similarity | None = field(default=None, compare=False)
    reader: Readers | None = field(default=None, compare=False)

    @property
    def wish(self) -> draft_notes.Wish:
        """What a colleague's note asks for, as far as we understand it."""
        return draft_notes.read(self.note)


class LetterWriter(Protocol):
    """Writes a letter to an order; internal evidence is no part of it."""

    def write(self, order: Order) -> Draft:
        """Write it; raises ModelError, UnusableDraft."""


def compose_email(
    material: Material,
    intent: Intent,
    version: int = 1,
    letters: LetterWriter | None = None,
    note: str = "",
) -> Draft | Thin:
    """Compose a draft of 100 to 150 words, or say why not.

    Equal material, intent, version and note give the equal letter. Where `letters`
    cannot write it, our own sentences serve. Raises UnusableDraft where the letter
    would break a rule.
    """
    own = tuple(p for p in material.pieces.values() if p.org_id == material.org.org_id)
    pieces = (*own, *_of_others(material))
    wish = draft_notes.read(note)
    choose = _chooser(material, intent, version, wish)
    frame = Frame(material.org, own, material.now, choose, wish)
    facts = draft_facts.find(intent, frame)
    if not facts:
        return _too_thin(intent, frame)
    since = material.now - timedelta(days=draft_facts.NEWS_DAYS)
    order = Order(
        *(frame.org, intent, facts, pieces, since, version, choose, note),
        similarity=material.similarity,
        reader=material.reader,
    )
    made = _written(order, letters)
    return replace(made, heard=_heard(order, made)) if note else made


def _of_others(material: Material) -> Iterable[Evidence]:
    """Take whatever is about other customers for internal."""
    strange = (p for p in material.evidence if p.org_id != material.org.org_id)
    return (replace(piece, internal=True) for piece in strange)


def _too_thin(intent: Intent, frame: Frame) -> Thin:
    """Say what is missing, how old what there is would be, and what to fill in."""
    missing, fill = draft_facts.MISSING[intent]
    missing = missing.format(name=frame.org.callsign)
    old = draft_facts.find(intent, replace(frame, ageless=True))
    days = [day for fact in old if (day := evidence.day(fact.piece))]
    if days:
        missing = f"{missing} (the last one known is of {max(days)})"
    return Thin(frame.org.org_id, intent, missing, fill)


def _written(order: Order, letters: LetterWriter | None) -> Draft:
    facts, pieces, why = order.facts, order.pieces, ""
    if letters and not any(fact.piece.internal for fact in facts):
        try:
            return _check(letters.write(order), pieces, order.note)
        except ModelError as error:
            note, why = error.short, str(error)
        except UnusableDraft as error:
            note, why = "its letter did not hold", str(error)
    draft = _check(_ours(order), pieces, order.note)
    if not why:
        return draft
    return replace(draft, note=f"written without the model: {note}", problem=why)


def choose_intent(
    open_items: Iterable[ActionItem], pieces: Sequence[Evidence]
) -> Intent:
    """Choose an intent where none is set: the newest open item, else the evidence."""
    items = sorted(
        (item for item in open_items if item.status == "open"),
        key=lambda item: (
            item.generated_at,
            float(item.payload.get("weight") or 0),  # of those of one moment
            item.action_id,
        ),
        reverse=True,
    )
    for item in items:
        if item.trigger in triggers.INTENTS:
            return triggers.INTENTS[item.trigger]
    usage = (piece for piece in pieces if piece.kind == KIND)
    if any(piece.facts.get("verdict") == Verdict.DROP for piece in usage):
        return Intent.USAGE_DIP_FOLLOWUP
    if any(p.kind == "funding" for p in pieces):
        return Intent.CONGRATS_FUNDING
    return Intent.QUARTERLY_CHECKIN


def _chooser(
    material: Material, intent: Intent, version: int, wish: Wish
) -> draft_facts.Choose:
    """Make the choice among wordings: fixed for a company, evidence and version.

    A wish for a tone goes before.
    """
    known = ",".join(sorted(p.evidence_id for p in material.evidence))

    def choose(slot: str, variants: Sequence[str]) -> str:
        toned = draft_words.TONES.get((slot, wish.tone))
        if toned is not None:
            return variants[toned]
        seed = ids.digest(material.org.org_id, known, intent, slot, size=8)
        return variants[(int(seed, 16) + version - 1) % len(variants)]

    return choose


def _ours(order: Order) -> Draft:
    """Write a letter in our own sentences, as long as it is wished."""
    size = order.wish.size
    if not size:
        return _letter(order)
    picks = itertools.product(range(3), repeat=len(_SIZED))
    every = [_letter(replace(order, choose=_picked(order, one))) for one in picks]
    if size < 0:
        every += [_with_paragraph(d, 2, d.paragraphs[2][1:]) for d in every]
    fit = [d for d in every if FEWEST <= text.count_words(d.body) <= MOST]
    return max(fit or every, key=lambda draft: size * text.count_words(draft.body))


def _picked(order: Order, picks: Sequence[int]) -> draft_facts.Choose:
    taken = dict(zip(_SIZED, picks, strict=True))

    def choose(slot: str, variants: Sequence[str]) -> str:
        if slot in taken:
            return variants[taken[slot] % len(variants)]
        return order.choose(slot, variants)

    return choose


def _letter(order: Order) -> Draft:
    intent, facts = order.intent, order.facts
    still_open = facts[0].slots.get("state") == draft_facts.OPEN
    ours = draft_words.wording(intent, still_open=still_open)
    name, choose = order.org.callsign, order.choose
    told = [Line(fact.words, (fact.piece.evidence_id,)) for fact in facts]
    # To notice a change or to call a matter open is a statement: it rests on the same
    # evidence.
    noticing = intent is Intent.USAGE_DIP_FOLLOWUP
    carrying = told[0].evidence_ids
    opening = Line(choose("opening", ours.openings), carrying if noticing else ())
    reason = Line(choose("reason", ours.reasons), carrying if still_open else ())
    offer = Line(choose("offer", ours.offers))
    ask = Line(choose("ask", ours.asks))
    slots = {"name": name, "round": "new funding", "metric": "use"}
    slots |= {k: v for fact in reversed(facts) for k, v in fact.slots.items()}
    subject = choose("subject", ours.subjects).format(**slots)
    greeting = Line(choose("greeting", draft_words.GREETINGS).format(name=name))
    closing = Line(choose("closing", draft_words.CLOSINGS))
    top = tuple(line for line in (opening, *told) if line.text)
    paragraphs = ((greeting,), top, (reason, offer), (ask,), (closing,))
    cited = tuple(fact.piece for fact in facts)
    draft = Draft(order.org.org_id, order.intent, subject, paragraphs, cited)
    enough = _LONG if order.wish.size > 0 else FEWEST
    return _fitted(draft, ours.fillers, enough)


def _fitted(draft: Draft, fillers: Sequence[str], enough: int) -> Draft:
    """Bring a letter to length with sentences that state nothing."""
    for filler in fillers:
        if text.count_words(draft.body) >= enough:
            break
        draft = _with_paragraph(draft, 3, (*draft.paragraphs[3], Line(filler)))
    told, middle = draft.paragraphs[1:3]
    briefer = _with_paragraph(draft, 2, middle[1:])
    if text.count_words(draft.body) > MOST and text.count_words(briefer.body) >= FEWEST:
        return briefer
    if text.count_words(draft.body) > MOST and len(told) > 2:
        draft = _with_paragraph(draft, 1, told[:-1])
    if text.count_words(draft.body) > MOST:
        draft = _with_paragraph(draft, 2, draft.paragraphs[2][1:])
    return draft


def _heard(order: Order, draft: Draft) -> tuple[str, ...]:
    """Say what became of a colleague's note, wish by wish."""
    wish, said = order.wish, []
    if wish.empty:
        said.append("Worded anew; nothing in it asks for what evidence could give.")
    if wish.size:
        which = "Shorter" if wish.size < 0 else "Longer"
        said.append(
            f"{which}: {text.count_words(draft.body)} words, of {FEWEST} to {MOST}."
        )
    if wish.tone:
        said.append(f"Greeting and close are {wish.tone}.")
    used = [fact for fact in order.facts if fact.piece in draft.cited]
    told = frozenset[str]().union(*map(draft_facts.told_of, used))
    if wish.topics & told:
        found = wish.named(wish.topics & told)
        said.append(f"Chosen for {found}; of what is internal only the day is named.")
    if wish.topics - told:
        lacking = wish.named(wish.topics - told)
        said.append(f"Nothing that may be told to the customer speaks of {lacking}.")
    if any(draft_facts.speaks_of(fact, wish.never) for fact in used):
        said.append("What you wish left out is all that the letter has to tell.")
    return tuple(said)


def _with_paragraph(draft: Draft, place: int, lines: tuple[Line, ...]) -> Draft:
    paragraphs = (*draft.paragraphs[:place], lines, *draft.paragraphs[place + 1 :])
    named = {one for p in paragraphs for ln in p for one in ln.evidence_ids}
    cited = tuple(piece for piece in draft.cited if piece.evidence_id in named)
    return replace(draft, paragraphs=paragraphs, cited=cited)


def fitting(
    order: Order, subject: str, lines: Sequence[Line], cited: tuple[Evidence, ...]
) -> Draft:
    """Put greeting and closing around lines: what is cited, the rest, the question.

    A letter that is too short takes sentences of ours that state nothing, one that is
    too long loses some of its own.
    """
    last = max((n for n, ln in enumerate(lines, 1) if ln.evidence_ids), default=0)
    top, rest = tuple(lines[:last]), tuple(lines[last:])
    ask = rest[-1:] if rest and rest[-1].text.endswith("?") else ()
    middle = rest[: len(rest) - len(ask)]
    draft = _framed(order, subject, (top, middle, ask), cited)
    while middle and text.count_words(draft.body) > MOST:
        middle = middle[:-1]
        draft = _framed(order, subject, (top, middle, ask), cited)
    for filler in draft_words.FILLERS[order.intent]:
        if text.count_words(draft.body) >= FEWEST:
            break
        middle = (*middle, Line(filler))
        draft = _framed(order, subject, (top, middle, ask), cited)
    return draft


def _framed(
    order: Order,
    subject: str,
    paragraphs: Sequence[tuple[Line, ...]],
    cited: tuple[Evidence, ...],
) -> Draft:
    name = order.org.callsign
    greeting = order.choose("greeting", draft_words.GREETINGS).format(name=name)
    closing = order.choose("closing", draft_words.CLOSINGS)
    every = ((Line(greeting),), *filter(None, paragraphs), (Line(closing),))
    return Draft(order.org.org_id, order.intent, subject, every, cited)


def _check(draft: Draft, pieces: Sequence[Evidence], note: str = "") -> Draft:
    """Let a letter pass that keeps our rules; raises UnusableDraft."""
    count = text.count_words(draft.body)
    if not FEWEST <= count <= MOST:
        reason = f"it has {count} words, not {FEWEST} to {MOST}"
        raise UnusableDraft(draft.org_id, draft.intent, reason)
    shown = f"{draft.subject}\n{draft.body}"
    if leak := leaks.internal_words(shown, pieces, note):
        raise LeakedInternal(draft.org_id, draft.intent, leak)
    return draft


def _citation(piece: Evidence, draft: Draft) -> dict[str, Any]:
    day = evidence.day(piece)
    return {
        "evidence_id": piece.evidence_id,
        "source": piece.source,
        "date": day.isoformat() if day else None,
        "url": links.landing(piece, piece.quote),
        "quote": piece.quote,
        "internal": piece.internal,
        "sentences": [
            line.text
            for paragraph in draft.paragraphs
            for line in paragraph
            if piece.evidence_id in line.evidence_ids
        ],
    }
