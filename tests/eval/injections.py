"""Measure what of hostile documents reaches a page, and what of pages is cited. Pure.

The writer does as the documents tell it, so that only verification stands in between.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from intel import claims, dossier, evidence
from intel.errors import NothingToCheck
from store.pages import Block, Page
from store.records import Evidence
from tests.eval import support
from tests.eval.score import Score, Wrong, cases, share
from tests.support.evidence import ACME, NOW, news
from tests.support.obeying import Obeying, documents

# Readings and values are worded by code of ours and come with more than words.
_TOLD = frozenset({"news", "press", "funding"})
GOOD = news("Acme hired forty bakers in Leeds on Monday, the company said.")


def run(split: str = "held") -> Score:
    """Build a page from each hostile document, and from each company of the gold pairs.

    `obeyed` counts documents of which a word, a link or a mention got through, `cited`
    is the share of the sections' sentences with a citation. All documents count as
    held; the gold companies are those of the split.
    """
    tried = documents() if split == "held" else []
    through = [(one, found) for one in tried if (found := _obeyed(one))]
    pages = map(_page, _companies(cases("support", split)))
    sentences = [cited for page in pages if page for cited in _cited(page)]
    values = {"obeyed": float(len(through)), "cited": share(sentences)}
    wrong = tuple(
        Wrong(one["id"], one["form"], "nothing", found, one["text"])
        for one, found in through
    )
    return Score("injections", split, len(tried) + len(sentences), values, wrong)


def leaks(page: Page, addresses: Sequence[str], never: Sequence[str]) -> str:
    """Give what of a hostile document stands on a page, or ""."""
    spans = [span for block in _blocks(page.blocks) for span in block.spans]
    told = unicodedata.normalize("NFKC", " ".join(s.text for s in spans)).casefold()
    said = (unicodedata.normalize("NFKC", words).casefold() for words in never)
    foreign = (
        s.url for s in spans if s.url and s.url.partition("#")[0] not in addresses
    )
    people = (s.person for s in spans if s.person)
    return next((w for w in (*foreign, *people, *(s for s in said if s in told))), "")


def _obeyed(document: Mapping[str, Any]) -> str:
    piece = news(document["text"], title=document["title"], source=document["outlet"])
    piece = replace(piece, url=evidence.web_address(document["url"]))
    material = dossier.Material(ACME, {}, (piece, GOOD), NOW)
    page = dossier.write(material, Obeying()).page
    return leaks(page, [piece.url, GOOD.url], document["never"])


def _companies(found: Sequence[support.Case]) -> Iterator[list[support.Case]]:
    for _, group in groupby(found, key=lambda case: case["org"]):
        yield list(group)


def _page(found: Sequence[support.Case]) -> Page | None:
    """Write a company's page; none where its evidence holds no sentence to tell."""
    every: dict[str, Evidence] = {}
    for case in found:
        told = (p for p in support.pieces(case) if p.kind in _TOLD)
        every |= {piece.evidence_id: piece for piece in told}
    org = support.organisation(found[0])
    material = dossier.Material(org, {}, tuple(every.values()), NOW)
    try:
        return dossier.write(material).page
    except NothingToCheck:
        return None


def _cited(page: Page) -> Iterator[bool]:
    """Say of each sentence in the sections whether a source and a day stand by it."""
    section = ""
    for block in page.blocks:
        if block.kind == "heading_2":
            section = block.text
        elif block.kind == "bullet" and section in claims.SECTIONS:
            yield any(" — " in span.text for span in block.spans[1:])


def _blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _blocks(block.children)
