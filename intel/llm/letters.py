"""Drafts with a model: each statement cited and verified, the rest no statement.

Only what a customer may read enters a prompt. Touches: the model it is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intel import claims, draft_words, evidence, figures, naming, prompts, text, verify
from intel import words as lists
from intel.drafts import FEWEST, MOST, Draft, Line, Order, fitting
from intel.errors import UnusableDraft
from intel.hostile import hostile
from intel.llm import parsing
from intel.llm.model import Model
from intel.prompts import Outward
from store.records import Claim, Evidence, Removed

_OTHERS = 6  # pieces besides those that the letter is about
_SUBJECT = 90  # characters
_NOTE = 600  # characters of a colleague's note
_FRAME = 6  # words of greeting and closing, about
# The share of an uncited sentence's words that ordinary courtesy has.
_COURTEOUS = 0.7
_COURTESY = lists.listed(
    "talk discuss meet meeting chat connect schedule support assist help helpful glad "
    "happy thank thanks appreciate share learn understand plan plans planning roadmap "
    "goals priorities review walk feedback questions convenient calendar invite join "
    "session training onboarding account accounts product team teams colleague "
    "colleagues steps step useful ready available suit suits work works working time "
    "call week weeks month months days reply answer note know think expect hope look "
    "forward touch contact arrange prepare check ask offer tell hear happens means "
    "congratulations well wish best interested feel free anything everything something "
    "change changes new next future coming easy easier better sure quick quickly brief"
)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter as the model wrote it: each sentence a claim, its subject one too."""

    subject: Claim
    sentences: tuple[Claim, ...]

    @property
    def all(self) -> tuple[Claim, ...]:
        return (self.subject, *self.sentences)


class ModelLetters:
    """Writes letters with a language model; whoever orders one has another way."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def write(self, order: Order) -> Draft:
        """Write a letter, mended once; raises ModelError, UnusableDraft."""
        about = [Outward(fact.piece) for fact in order.facts]
        others = [Outward(piece) for piece in _others(order)]
        more: dict[str, Any] = {
            "words": f"{FEWEST} to {MOST - 2 * _FRAME}",
            "version": order.version,
        }
        if order.note:
            more["note"] = text.clip(text.clean(order.note), _NOTE)
        why = ""
        for _ in range(2):
            told = self._asked(order, about, others, more)
            draft, removed, why = _draft(order, told, [*about, *others])
            if not why:
                return draft
            more |= {"removed": prompts.taken_out(removed), "problem": why}
        raise UnusableDraft(order.org.org_id, order.intent, why)

    def _asked(
        self,
        order: Order,
        about: Sequence[Outward],
        others: Sequence[Outward],
        more: Mapping[str, Any],
    ) -> _Letter:
        org_id = order.org.org_id
        question = prompts.letter(order.org, order.intent, about, others, more)
        key = self._model.key(question)
        answer = self._model.recall(org_id, key)
        if answer is None:
            answer, spent = self._model.answer(org_id, question, _read)
            self._model.keep(org_id, {key: answer}, spent)
        short = prompts.short_ids(one.piece for one in (*about, *others))
        long = {given: whole for whole, given in short.items()}
        return _letter(org_id, answer, long)


def _others(order: Order) -> list[Evidence]:
    """What else the customer may be told: outside evidence of late, newest first."""
    taken = {fact.piece.evidence_id for fact in order.facts}
    fresh = evidence.newest_first(
        p
        for p in order.pieces
        if not p.internal and p.event_id and p.evidence_id not in taken
        and p.dated is not None and p.dated >= order.since
    )  # fmt: skip
    return list(fresh[:_OTHERS])


def _read(data: Any) -> dict[str, Any]:
    told = [
        {"text": parsing.string(s, "text"), "evidence": parsing.strings(s, "evidence")}
        for s in parsing.listed(data, "sentences")
    ]
    return {"subject": parsing.string(data, "subject"), "sentences": told}


def _letter(org_id: str, answer: Mapping[str, Any], long: Mapping[str, str]) -> _Letter:
    sentences = tuple(
        claims.make("letter", org_id, text.clean(one["text"]),
                    [long.get(given, given) for given in one["evidence"]])
        for one in answer["sentences"]
        if text.clean(one["text"])
    )  # fmt: skip
    cited = [one for sentence in sentences for one in sentence.evidence_ids]
    subject = text.clip(text.clean(answer["subject"]), _SUBJECT)
    return _Letter(claims.make("subject", org_id, subject, cited), sentences)


def _draft(
    order: Order, told: _Letter, known: Sequence[Outward]
) -> tuple[Draft, list[Removed], str]:
    """Make the draft of what holds, with what does not and why it is no letter yet."""
    pieces = {one.piece.evidence_id: one.piece for one in known}
    judged = [(claim, _judge(claim, order, pieces)) for claim in told.all]
    removed = [verdict for _, verdict in judged if verdict]
    kept = [claim for claim in told.sentences if (claim, None) in judged]
    subject = told.subject.text if judged[0][1] is None else ""
    lines = [Line(claim.text, claim.evidence_ids) for claim in kept]
    cited = {one for line in lines for one in line.evidence_ids}
    draft = fitting(
        order,
        subject,
        lines,
        tuple(piece for one, piece in pieces.items() if one in cited),
    )
    return draft, removed, _lack(order, draft, cited)


def _lack(order: Order, draft: Draft, cited: set[str]) -> str:
    """Say why a draft is no letter yet, "" where it is one."""
    if not draft.subject:
        return "its subject does not hold"
    if not cited & {fact.piece.evidence_id for fact in order.facts}:
        return "it does not tell the fact that it is about"
    count = text.count_words(draft.body)
    if not FEWEST <= count <= MOST:
        return f"it has {count} words with greeting and closing, not {FEWEST} to {MOST}"
    return ""


def _judge(
    claim: Claim, order: Order, pieces: Mapping[str, Evidence]
) -> Removed | None:
    if claim.section == "subject" or not claim.evidence_ids:
        reason = _says_more(claim, order, pieces)
        return Removed(claim, "uncited", reason) if reason else None
    limits = verify.Limits(similarity=order.similarity, reader=order.reader)
    return verify.judge(claim, pieces, order.org, limits)


def _says_more(claim: Claim, order: Order, pieces: Mapping[str, Evidence]) -> str:
    """Say what a sentence states that it should cite, "" where it states nothing.

    A subject rests on what the letter cites. Words that evidence has, be it inside or
    outside, and courtesy has not, are a statement; so are figures, dates and names.
    """
    words = claim.text
    if markup := hostile(words):
        return markup
    cited = [pieces[one] for one in claim.evidence_ids if one in pieces]
    carried = "\n".join(evidence.words_of(piece) for piece in cited)
    own = frozenset(w for name in order.org.names for w in text.words(name))
    if any(char.isdigit() for char in words) and not _figures_in(words, carried):
        return "it holds a figure or a date without evidence"
    known = text.stems("\n".join((carried, *order.org.names, *draft_words.every())))
    courteous = known | {text.stem(word) for word in _COURTESY}
    if strange := naming.strangers(words, carried, own):
        first = words.split()[0].casefold().strip(",.")
        if [name for name in strange if name != (first,)]:
            return "it names somebody without evidence"
    said = text.stems(words)
    loose = said - courteous
    told = text.stems("\n".join(evidence.words_of(p) for p in order.pieces))
    if loose & told:
        return f"it speaks of {min(loose & told)!r} without evidence"
    if said and len(said - loose) / len(said) < _COURTEOUS:
        return "it says more than an offer, a courtesy or a question"
    return ""


def _figures_in(words: str, carried: str) -> bool:
    given = figures.figures(carried)
    mine = figures.figures(words)
    digits = [run for run in words.split() if any(map(str.isdigit, run))]
    agreed = all(any(figures.agree(one, g) for g in given) for one in mine)
    return bool(carried) and (
        (agreed and bool(mine)) or set(digits) <= set(carried.split())
    )
