"""Say by which rule a piece of evidence counts, and carries its claims. Pure."""

from collections.abc import Mapping, Sequence

from intel import claims, company, sentences, text, usage
from intel.evidence import words_of
from store.records import Claim, Evidence

_VALUES: Mapping[str, str] = {
    "override": "a person's value, which counts before all others",
    "csv": "from the CSV; no person has set a value",
    "discovered": "found by the bot; neither a person nor the CSV has a value",
    "api": "a data provider's word; no person has set a value",
    "text": "the surest of what is reported; no person has set a value",
}
_DIFFERS = "differs from the value that counts"
_USAGE = "each metric is judged against its own past"
_ITEM = "an open action item"
_QUOTED = "word for word"
_SHORTENED = "not word for word; every figure, date and name was found in it"


def rule(piece: Evidence, told: Sequence[Claim]) -> str:
    """Name the rule for a piece of evidence and the claims that cite it."""
    if piece.kind == company.FIELD:
        differs = bool(piece.facts.get("differs"))
        return _DIFFERS if differs else _VALUES.get(str(piece.facts.get("tier")), "")
    if piece.kind == company.ACTION:
        return _ITEM
    if piece.kind == usage.KIND:
        return _USAGE
    return _QUOTED if all(quoted(claim, piece) for claim in told) else _SHORTENED


def quoted(claim: Claim, piece: Evidence) -> bool:
    """Whether every sentence of a claim stands in a piece of evidence to the letter."""
    source = text.fold(words_of(piece))
    said = sentences.split(claims.fact(claim))
    return all(text.fold(one.text).rstrip(".!…") in source for one in said)
