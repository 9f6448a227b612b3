"""A scripted model that reads its evidence: it picks, shortens and rewords by rules.

Better than the first sentence of each piece, and no language model: it stands in for
one where the way through the whole bot is what counts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from intel import picking, senses, sentences, text
from tests.support import model_server as ms

_LONGEST = 220
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
# "…," said Ann Lee, the head of sales.
_QUOTED = re.compile(
    r'^[“"](?P<what>[^”"]{20,}?),?[”"],? (?:said|says) (?P<who>[A-Z][^.]{3,80})\.$'
)


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
    if found := _QUOTED.match(told):
        told = f"{found['who']} says: {found['what']}."
    told = _SAID.sub("", told)
    for pattern, other in _WORDS.items():
        told = re.sub(pattern, other, told)
    return told if told.endswith((".", "!", "?")) else f"{told}."


def _section(
    part: ms.Payload, pieces: Mapping[str, Any], company: Mapping[str, Any],
    used: set[str],
) -> dict[str, Any]:  # fmt: skip
    claims: list[dict[str, Any]] = []
    stories: list[str] = []
    for one in part["evidence"]:
        if len(claims) == part["at_most"]:
            break
        words = _best(pieces[one], company, part["section"])
        alike = next((s for s in stories if text.overlap(s, words) > 0.4), None)
        if not words or alike or words in used:
            if alike:  # another outlet's word on what is told already
                claims[stories.index(alike)]["evidence"].append(one)
            continue
        stories.append(words)
        used.add(words)
        claims.append(ms.claim(words, one, label=_label(part, words, pieces[one])))
    return {"section": part["section"], "claims": claims}


def _best(piece: Mapping[str, Any], company: Mapping[str, Any], section: str) -> str:
    """Reword the sentence of a piece that says most about the company."""
    told = [reworded(one) for one in _told(piece["quote"])]
    fit = [one for one in told if len(one) <= _LONGEST]
    if section == "Risks & opportunities":
        fit = [one for one in fit if senses.leaning(one)]
    names = [name.casefold() for name in company["also"]]

    def worth(one: str) -> tuple[bool, int, int]:
        named = any(name in one.casefold() for name in names)
        return named, sum(map(str.isdigit, one)), -fit.index(one)

    return max(fit, key=worth, default="")


def _told(quote: str) -> Iterator[str]:
    for found in sentences.split(quote):
        if "[…]" not in found.text and len(found.text.split()) > 3:
            yield picking.trim(found.text, _LONGEST)


def _label(part: ms.Payload, words: str, piece: Mapping[str, Any]) -> str:
    if "" in part["labels"]:
        return ""
    leaning = senses.leaning(words)
    wanted = {
        "Risks & opportunities": "Risk" if leaning < 0 else "Opportunity",
        "Next actions": "Follow up on the open problem",
    }[part["section"]]
    return wanted if wanted in part["labels"] else str(part["labels"][0])


def _letter(payload: ms.Payload) -> Any:
    pieces = {piece["id"]: piece for piece in payload["evidence"]}
    company = payload["company"]
    about = [ms.claim(_best(pieces[one], company, ""), one) for one in payload["about"]]
    return {
        "subject": "Your news, and our plans",
        "sentences": [*about, *(ms.claim(words) for words in ms.COURTESY)],
    }
