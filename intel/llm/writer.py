"""The writer with a model: one request per company, for the sections that changed.

A section whose evidence is the same as before is answered from memory, word for word.
Touches: the model it is given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intel import (
    claims,
    company,
    evidence,
    picking,
    prompts,
    senses,
    signals,
    text,
    usage,
)
from intel.claims import Budget
from intel.llm import parsing
from intel.llm.model import Model
from intel.prompts import Part
from intel.trend.records import Verdict
from store.records import Claim, Evidence, Org, Removed

# What the model rewords. The values of the Company section are shown as they stand.
SECTIONS = tuple(prompts.TASKS)
_UNSENT = frozenset({"manual_notes", "owner"})
_FACTS_OF_COMPANY = frozenset({"renewal_date", "funding_round"})
# What verification says of a sentence that no second chance is given for.
_FINAL = frozenset({"hostile"})


class ModelWriter:
    """Writes dossiers with a language model; what it proposes is verified."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """Name the writer with its model."""
        return f"llm ({self._model.settings.model})"

    def prepare(
        self, org: Org, pieces: Sequence[Evidence], budgets: Mapping[str, Budget]
    ) -> "Prepared":
        """Ask for all sections at once; raises ModelError."""
        shown = [p for p in pieces if self._may_see(p)]
        parts = [_part(s, shown, budgets[s]) for s in SECTIONS if s in budgets]
        asked = Asking(org, tuple(p for p in parts if p.pieces), budgets, self._model)
        return Prepared(asked, asked.claims(asked.parts))

    def propose(
        self, section: str, org: Org, evidence: Sequence[Evidence], budget: Budget
    ) -> tuple[Claim, ...]:
        """Propose claims for one section alone; raises ModelError."""
        prepared = self.prepare(org, evidence, {section: budget})
        return prepared.propose(section, org, evidence, budget)

    def _may_see(self, piece: Evidence) -> bool:
        if piece.facts.get("field") in _UNSENT:
            return False
        return self._model.settings.inside or not piece.internal


@dataclass(frozen=True, slots=True)
class Asking:
    """What one company's dossier is asked from."""

    org: Org
    parts: tuple[Part, ...]
    budgets: Mapping[str, Budget]
    model: Model

    def claims(self, parts: Sequence[Part]) -> dict[str, tuple[Claim, ...]]:
        """Answer parts from memory, and the rest by one request."""
        short = prompts.short_ids(p for part in self.parts for p in part.pieces)
        keys = {part.section: self._key(part, short) for part in parts}
        org_id = self.org.org_id
        known = {s: self.model.recall(org_id, key) for s, key in keys.items()}
        missing = [part for part in parts if known[part.section] is None]
        if missing:
            question = prompts.dossier(self.org, missing, short)
            read = _reader([part.section for part in missing])
            answers, spent = self.model.answer(org_id, question, read)
            self.model.keep(org_id, {keys[s]: a for s, a in answers.items()}, spent)
            known |= answers
        long = {given: whole for whole, given in short.items()}
        return {s: self._made(s, told, long) for s, told in known.items()}

    def _key(self, part: Part, short: Mapping[str, str]) -> str:
        return self.model.key(prompts.dossier(self.org, [part], short))

    def _made(
        self, section: str, told: Sequence[Any], long: Mapping[str, str]
    ) -> tuple[Claim, ...]:
        budget = self.budgets[section]
        pieces = {p.evidence_id: p for part in self.parts for p in part.pieces}
        made = []
        for one in told:
            cited = [long.get(given, given) for given in one["evidence"]]
            words = _worded(
                section, one, [pieces[c] for c in cited if c in pieces], budget
            )
            made.append(claims.make(section, self.org.org_id, words, cited))
        return tuple({c.claim_id: c for c in made}.values())[: budget.claims]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A writer that has its answers ready."""

    asking: Asking
    proposed: Mapping[str, tuple[Claim, ...]]

    @property
    def name(self) -> str:
        """Name the writer with its model."""
        return ModelWriter(self.asking.model).name

    def propose(
        self,
        section: str,
        org: Org,  # noqa: ARG002, every writer's shape
        evidence: Sequence[Evidence],  # noqa: ARG002
        budget: Budget,
    ) -> tuple[Claim, ...]:
        """Propose claims for a section, most important first."""
        return self.proposed.get(section, ())[: budget.claims]

    def repair(self, removed: Sequence[Removed]) -> tuple[Claim, ...]:
        """Propose anew what verification took out; raises ModelError."""
        mend = [r for r in removed if r.rule not in _FINAL]
        parts = [
            Part(part.section, len(out), part.pieces, part.old, out)
            for part in self.asking.parts
            if (out := tuple(r for r in mend if r.claim.section == part.section))
        ]
        mended = self.asking.claims(parts) if parts else {}
        return tuple(claim for section in mended.values() for claim in section)


def _part(section: str, pieces: Sequence[Evidence], budget: Budget) -> Part:
    fits = _MATERIAL[section]
    chosen = [p for p in evidence.newest_first(pieces) if fits(p)]
    told = tuple(chosen[: prompts.MOST_PIECES])
    old = frozenset(
        p.evidence_id for p in told if p.event_id and picking.is_old(p, budget)
    )
    return Part(section, budget.claims, told, old)


def _is_usage(piece: Evidence) -> bool:
    return piece.kind == usage.KIND


def _is_outside(piece: Evidence) -> bool:
    return bool(piece.event_id) and not piece.internal


def _is_contact(piece: Evidence) -> bool:
    return piece.kind in signals.SUPPORT_KINDS


def _bears_on_risk(piece: Evidence) -> bool:
    if piece.kind == company.FIELD:
        return piece.facts.get("field") in _FACTS_OF_COMPANY
    return piece.kind != company.ACTION


def _calls_for_action(piece: Evidence) -> bool:
    return piece.kind == company.ACTION or _bears_on_risk(piece)


_MATERIAL: Mapping[str, Callable[[Evidence], bool]] = {
    claims.USAGE: _is_usage,
    claims.EXTERNAL: _is_outside,
    claims.SUPPORT: _is_contact,
    claims.RISKS: _bears_on_risk,
    claims.ACTIONS: _calls_for_action,
}


def _reader(sections: Sequence[str]) -> Callable[[Any], dict[str, list[Any]]]:
    """Make the function that reads an answer; a section left out is an empty one."""

    def read(data: Any) -> dict[str, list[Any]]:
        answers: dict[str, list[Any]] = {section: [] for section in sections}
        for part in parsing.listed(data, "sections"):
            section = parsing.string(part, "section")
            told = [_claim(one) for one in parsing.listed(part, "claims")]
            if section in answers:
                answers[section] += told
        return answers

    return read


def _claim(one: Any) -> dict[str, Any]:
    label = one.get("label") if isinstance(one, Mapping) else ""
    return {
        "label": label if isinstance(label, str) else "",
        "text": parsing.string(one, "text"),
        "evidence": parsing.strings(one, "evidence"),
    }


def _worded(
    section: str, one: Mapping[str, Any], cited: Sequence[Evidence], budget: Budget
) -> str:
    """Put a label of ours, and the age of old evidence, in front of a sentence."""
    words = text.clean(one["text"])
    aged = [p for p in cited if p.event_id and picking.is_old(p, budget)]
    days = [day.isoformat() for p in aged if (day := evidence.day(p))]
    if days and not all(claims.says_age(words, day) for day in days):
        words = f"As of {max(days)}: {words}"
    label = _label(section, one["label"], words)
    if section == claims.ACTIONS:
        label = _advice(label, cited)
    return f"{label}: {words}" if label else words


def _label(section: str, chosen: str, words: str) -> str:
    """Take the label that the model chose, unless the words lean the other way."""
    leaning = senses.leaning(words) if section == claims.RISKS else 0
    if leaning:
        return claims.RISK if leaning < 0 else claims.OPPORTUNITY
    return chosen if chosen in prompts.LABELS.get(section, ()) else ""


def _advice(chosen: str, cited: Sequence[Evidence]) -> str:
    """Take the step that the model chose only if the cited evidence calls for it.

    An action item names its step itself; else each step has evidence of its kind.
    """
    items = [p for p in cited if p.kind == company.ACTION]
    if items:
        trigger = str(items[0].facts.get("trigger"))
        return claims.ADVICE.get(trigger, claims.GENERAL_ADVICE)
    fits = _CALLS_FOR.get(chosen)
    fitting = fits is not None and any(map(fits, cited))
    return chosen if fitting else claims.GENERAL_ADVICE


def _fell(piece: Evidence) -> bool:
    return _is_usage(piece) and piece.facts.get("verdict") == Verdict.DROP


def _stopped(piece: Evidence) -> bool:
    return _is_usage(piece) and piece.facts.get("verdict") == Verdict.MISSING


def _tells_of_money(piece: Evidence) -> bool:
    field = str(piece.facts.get("field", ""))
    told = senses.families(f"{piece.title} {piece.quote}")
    return field.startswith("funding") or (_is_outside(piece) and "raise money" in told)


def _is_of_renewal(piece: Evidence) -> bool:
    return piece.facts.get("field") == "renewal_date" or "renew" in text.fold(
        piece.quote
    )


_CALLS_FOR: Mapping[str, Callable[[Evidence], bool]] = {
    claims.ADVICE["usage_drop"]: _fell,
    claims.ADVICE["usage_missing"]: _stopped,
    claims.ADVICE["funding"]: _tells_of_money,
    claims.ADVICE["negative_support"]: _is_contact,
    claims.ADVICE["renewal_window"]: _is_of_renewal,
    claims.ADVICE["renewal_risk"]: _is_of_renewal,
    claims.ADVICE["drop_and_complaints"]: _is_contact,
}
