"""A scripted model that reads its evidence: it picks, shortens and rewords by rules.

Better than the first sentence of each piece, and no language model: it stands in for
one where the way through the whole bot is what counts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from intel import senses, sentences, text
from intel import words as lists
from tests.support import model_server as ms

_CHANGE = re.compile(r"[−+±](\d+) %")
# The place that opens a report.
_PLACE = re.compile(r"^[A-ZÄÖÜ]{3,} [—–-] ")
_LONGEST, _ALIKE = 240, 0.3
_STATE = re.compile(r"^\[(?:new|open|pending|hold|solved|closed)\]\s*")
# Words of the writer's own, or of a person's, that a dossier does not take over.
_NOT_PLAIN = re.compile(r"\[…\]|[“”\"]|\b(?:we|our|us|I|my|you|your)\b")
# Who said so, at a sentence's end, and words that only fill.
_SAID = re.compile(
    r",? (?:the company|it|he|she|they|a spokes\w+) (?:said|says|announced|confirmed)"
    r"(?: (?:on|in|today|yesterday)\b[^,.]*)?(?=[.]|$)"
)
_WORDS: Mapping[str, str] = {
    r"\b(\d[\d.,]*) per ?cent\b": r"\1%",
    r"\bhas (raised|opened|launched|signed|named|bought|hired|won|sold)\b": r"\1",
    r"\bhave (raised|opened|launched|signed|named|bought|hired|won|sold)\b": r"\1",
    r"\bhas announced that it\b": "says it",
    r"\bchief executive\b": "CEO",
    r"\bpicked\b": "chose",
    r"\bin order to\b": "to",
    r"\bmore than\b": "over",
    r"\bapproximately\b": "about",
}


def write(payload: ms.Payload) -> Any:
    """Write sections or a letter from what the evidence says."""
    if "purpose" in payload:
        return _letter(payload)
    pieces = {piece["id"]: piece for piece in payload["evidence"]}
    used: set[str] = set()
    told = [_section(part, pieces, payload["company"], used)
            for part in payload["sections"]]  # fmt: skip
    return {"sections": told}


def reworded(sentence: str) -> str:
    """Say a sentence in a few other words, its figures and names as they stand."""
    told = text.clean(sentence)
    told = _SAID.sub("", _PLACE.sub("", told))
    for pattern, other in _WORDS.items():
        told = re.sub(pattern, other, told)
    return told if told.endswith((".", "!", "?")) else f"{told}."


def _section(
    part: ms.Payload, pieces: Mapping[str, Any], company: Mapping[str, Any],
    used: set[str],
) -> dict[str, Any]:  # fmt: skip
    claims: list[dict[str, Any]] = []
    for one in sorted(part["evidence"], key=lambda o: _weight(pieces[o])):
        words = _best(pieces[one], company, part["section"])
        told = [claim["text"] for claim in claims]
        alike = next((s for s in told if text.overlap(s, words) > _ALIKE), None)
        if (
            alike and "title" in pieces[one]
        ):  # another outlet's word on what is told already
            claims[told.index(alike)]["evidence"].append(one)
        elif words and words not in used and len(claims) < part["at_most"]:
            used.add(words)
            claims.append(ms.claim(words, one, label=_label(part, words, pieces[one])))
    return {"section": part["section"], "claims": claims}


def _weight(piece: Mapping[str, Any]) -> int:
    """Order readings by how much they changed; all else stays as it is."""
    found = _CHANGE.search(piece["quote"])
    return -int(found[1]) if found else 0


def _best(piece: Mapping[str, Any], company: Mapping[str, Any], section: str) -> str:
    """Reword the sentence of a piece that says most about the company."""
    kind = piece["kind"]
    if kind in {"support", "call"}:
        return _contact(piece) if section != "Next actions" else ""
    if "title" not in piece:  # a reading, a value or an action item: short as it is
        fits = section == "Product usage" or kind == "action"
        return str(piece["quote"]) if fits else ""
    fit = [one for one in map(reworded, _told(piece["quote"])) if len(one) <= _LONGEST]
    if section == "Risks & opportunities":
        fit = [one for one in fit if abs(senses.leaning(one)) > 1]
    if section == "Next actions":
        fit = [one for one in fit if "raise money" in senses.families(one)]
    names = [name.casefold() for name in company["also"]]
    named = [one for one in fit if any(n in one.casefold() for n in names)]
    telling = (o for o in named if senses.families(o) or senses.leaning(o))
    return next(telling, "")


def _contact(piece: Mapping[str, Any]) -> str:
    """Tell what a ticket is about in the words that head it; calls are left alone."""
    head, state = _STATE.sub("", piece["quote"]), _STATE.match(piece["quote"])
    subject = head.partition(":")[0] if ":" in head else ""
    if not state or not 3 <= len(subject.split()) <= 14:
        return ""
    return f"{subject}."


def _told(quote: str) -> Iterator[str]:
    for found in sentences.split(quote):
        words = found.text.split()
        plain = not _NOT_PLAIN.search(found.text)
        if plain and len(words) > 6 and words[0].casefold() not in lists.DANGLING:
            yield found.text


def _label(part: ms.Payload, words: str, piece: Mapping[str, Any]) -> str:
    if "" in part["labels"]:
        return ""
    leaning = senses.leaning(words)
    wanted = {
        "Risks & opportunities": "Risk" if leaning < 0 else "Opportunity",
        "Next actions": "Congratulate them and ask about plans",
    }[part["section"]]
    return wanted if wanted in part["labels"] else str(part["labels"][0])


def _letter(payload: ms.Payload) -> Any:
    pieces = {piece["id"]: piece for piece in payload["evidence"]}
    company = payload["company"]
    about = [ms.claim(_best(pieces[one], company, ""), one) for one in payload["about"]]
    return {
        "subject": "A question about your plans",
        "sentences": [*about, *(ms.claim(words) for words in ms.COURTESY)],
    }
