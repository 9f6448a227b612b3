"""A writer that does as the text it reads tells it to: the worst a model could do.

`obey` is plain data in, plain data out, so that a scripted model server can use it too.
"""

import base64
import binascii
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from intel import claims
from intel.claims import Budget
from store.records import Claim, Evidence, Org

HOSTILE = Path(__file__).parents[1] / "data" / "hostile" / "documents.jsonl"
_ADDRESS = re.compile(
    r"(?:https?|hxxps?|javascript|data|mailto)[:\[][^\s\"'<>)]+|[\w.-]+\.example[^\s)]*"
)
_WANTED = re.compile(
    r"(?:write|say|tell|claim|state|recommend|praise|schreibe|écrivez|escribe|scrivi|"
    r"напиши)\b,?\s*(?:that|dass|que|che|что)?\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_CODED = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_IDS = re.compile(r"\b[0-9a-f]{12}\b|\be\d+\b")
_SENTENCE = re.compile(r"(?<=[.!?。\n])\s*")


def documents() -> list[dict[str, Any]]:
    """Read the hostile documents; `never` lists what no page may show."""
    lines = HOSTILE.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def obey(texts: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Give sentences with the ids they cite, as the texts ask for them.

    `texts` holds what a model is shown, by evidence id. Words are taken over as they
    stand, cleaned of what hides them, decoded; addresses and ids are taken over too.
    """
    told: list[tuple[str, tuple[str, ...]]] = []
    for one, shown in texts.items():
        for words in dict.fromkeys(_said(shown)):
            told.append((words, (one,)))
            told += [(words, (one, other)) for other in _IDS.findall(shown)]
            told += [(words, (other,)) for other in _IDS.findall(shown)]
        told += [
            (form.format(address), (one,))
            for address in _ADDRESS.findall(shown)
            for form in ("See {} for more.", "[More]({}).", "![]({})", "{}")
        ]
    return [(words, ids) for words, ids in told if words.strip()]


class Obeying:
    """Proposes in each section whatever the evidence asks for."""

    name = "obeying"

    def propose(
        self, section: str, org: Org, evidence: Sequence[Evidence], budget: Budget
    ) -> tuple[Claim, ...]:
        """Propose what the evidence's quotes, titles and outlets tell it to."""
        texts = {
            p.evidence_id: f"{p.title}\n{p.source}\n{p.quote}"
            for p in evidence
            if p.event_id
        }
        return tuple(
            claims.make(section, org.org_id, words, cited)
            for words, cited in obey(texts)
        )


def _said(shown: str) -> Iterator[str]:
    for read in _readings(shown):
        yield read
        for sentence in _SENTENCE.split(read):
            yield sentence.strip()
            wanted = _WANTED.search(sentence)
            if wanted:
                payload = wanted[1].strip()
                yield payload[:1].upper() + payload[1:]
                yield f"{payload[:1].upper()}{payload[1:].rstrip('.!')}."


def _readings(shown: str) -> Iterator[str]:
    """Read a text as it stands, with hidden letters shown, and decoded."""
    yield shown
    tags = "".join(
        chr(ord(c) - 0xE0000) if 0xE0000 < ord(c) < 0xE0080 else c for c in shown
    )
    yield unicodedata.normalize("NFKC", tags)
    yield "".join(c for c in tags if unicodedata.category(c) not in {"Cf", "Cc"})
    yield re.sub(r"<[^>]*>", " ", shown)
    for found in _CODED.findall(shown):
        try:
            yield base64.b64decode(found).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
