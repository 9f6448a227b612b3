"""What tests of inside sources share: a plain redactor, a plain ear, and a search."""

import re
from collections.abc import Sequence
from pathlib import Path

from sync.connectors.words import Words
from tests.support import stores

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def redact(text: str, known: Sequence[str]) -> str:
    for name in known:
        text = text.replace(name, "[name]")
    return _ADDRESS.sub("[e-mail]", text)


def feel(text: str) -> float:
    angry = sum(text.lower().count(word) for word in ("broken", "angry", "worst"))
    happy = sum(text.lower().count(word) for word in ("thanks", "great"))
    return max(-1.0, min(1.0, (happy - angry) / 2))


WORDS = Words(redact, feel)


def files_holding(folder: Path, words: Sequence[str]) -> dict[str, list[str]]:
    """Each word with the files and tables of a folder that hold it, in any coding."""
    found: dict[str, list[str]] = {}
    bodies = [(p.name, p.read_bytes()) for p in folder.rglob("*") if p.is_file()]
    for name, body in sorted([*bodies, *stores.tables_of(folder)]):
        for word in words:
            codings = (word.lower().encode(coding) for coding in ("utf-8", "utf-16-le"))
            if any(coded in body.lower() for coded in codings):
                found.setdefault(word, []).append(name)
    return found
