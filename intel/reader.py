"""Say how likely evidence carries a claim: a learned second reader, beside the rules.

The model is all-MiniLM-L6-v2 with its upper layers trained on our development pairs
(`tests/eval/carrying/train.py`); this room ships only the difference to the packaged
weights, beside this file. It reads English. Touches: the model's files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from intel import minilm, text, wording
from intel import words as lists
from intel.tuned import opened, own_names, session

DIFFERENCE = Path(__file__).with_name("reader.npz")
TRAINED = 4  # layers, from the top
SORTS = (
    "carried", "number", "name", "date", "negation", "direction", "certainty",
    "subject", "attribution", "extent", "invented", "age",
)  # fmt: skip
# Tokens: of a claim, and of the whole; longer evidence loses its farthest sentences.
LONGEST_CLAIM, MOST = 64, 224
_OWN = "company"  # stands for each name of the company that a claim is about
# A mark is the side (claim, headline or evidence), what it is, and what it meets.
_WORD, _NUMBER, _NAME = range(3)
_SAME, _NEAR, _STRANGE = range(3)
MARKS = 1 + 2 * 3 * 3
_FOUND = re.compile(r"[^\W_]+(?:['’.&,-][^\W_]+)*")
_KEPT = 4000

Floats = NDArray[np.float32]


class Reader(Protocol):
    """Says how likely evidence carries a claim, 0 to 1; equal texts, equal odds."""

    @property
    def name(self) -> str:
        """Name what reads; changes whenever the odds would."""

    def odds(self, fact: str, parts: Sequence[str], own: Sequence[str]) -> float:
        """Read a claim about the company of these names beside sentences."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One token: its number in the vocabulary, its mark, whether it is the claim's."""

    number: int
    mark: int
    claimed: bool


class OnnxReader:
    """The learned reader, from files on this machine only."""

    def __init__(self, model_dir: Path) -> None:
        self._session, self._tokenizer = session(model_dir)
        self._known: dict[tuple[str, ...], float] = {}
        self.name = model_dir.name

    def odds(self, fact: str, parts: Sequence[str], own: Sequence[str]) -> float:
        """Read a claim about the company of these names beside sentences."""
        asked = (fact, *parts, "", *own)
        if asked not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[asked] = self._read(encode(self._tokenizer, fact, parts, own))
        return self._known[asked]

    def _read(self, pieces: Sequence[Piece]) -> float:
        ids = np.array([[piece.number for piece in pieces]], np.int64)
        marks = np.array([[piece.mark for piece in pieces]], np.int64)
        given = {"input_ids": ids, "marks": marks, "attention_mask": np.ones_like(ids)}
        scores = self._session.run(["scores"], given)[0][0]
        claimed = np.array([piece.claimed for piece in pieces])
        return float(carried(pooled(scores, claimed)))


def pooled(scores: Floats, claimed: NDArray[np.bool_]) -> Floats:
    """Join what the first token scores with what the claim's do in the mean."""
    width = len(SORTS)
    joined: Floats = scores[0, :width] + scores[claimed, width:].mean(axis=0)
    return joined


def carried(scores: Floats) -> float:
    """Give the odds of the first sort, that the claim is carried."""
    raised = np.exp(scores - scores.max())
    return float(raised[0] / raised.sum())


def encode(
    tokenizer: Any, fact: str, parts: Sequence[str], own: Sequence[str]
) -> tuple[Piece, ...]:
    """Cut claim and evidence into tokens, each marked by what it meets over there."""
    first, last = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    claim = _written(fact, tuple(own))
    given = [_written(part, tuple(own)) for part in parts]
    there, here = _Words(" ".join(given)), _Words(claim)
    mine = list(_tokens(tokenizer, claim, there, side=0))[:LONGEST_CLAIM]
    told = [list(_tokens(tokenizer, part, here, side=1)) for part in given]
    kept = _nearest(told, MOST - len(mine) - 3)
    pieces = [Piece(first, 0, claimed=False), *mine, Piece(last, 0, claimed=False)]
    for number in kept:
        pieces += told[number]
    return (*pieces[: MOST - 1], Piece(last, 0, claimed=False))


def _nearest(told: Sequence[Sequence[Piece]], room: int) -> list[int]:
    """Choose the sentences that meet most of the claim, as many as there is room."""
    if sum(map(len, told)) <= room:
        return list(range(len(told)))

    def met(number: int) -> float:
        marks = [piece.mark for piece in told[number] if piece.mark]
        return -sum((mark - 1) % 3 != _STRANGE for mark in marks) / (5 + len(marks))

    kept: list[int] = []
    for number in sorted(range(len(told)), key=met):
        if len(told[number]) <= room or not kept:
            kept.append(number)
            room -= len(told[number])
    return sorted(kept)


class _Words:
    """The words of one side, to be met from the other."""

    def __init__(self, words: str) -> None:
        listed = text.words(words)
        self.exact = frozenset(listed)
        self.concepts = wording.reworded(words) | text.stems(words)

    def meets(self, word: str) -> int:
        """Say whether a word stands here, or one like it, or none."""
        if word in self.exact:
            return _SAME
        one = wording.concept(word)
        if one in self.concepts or any(
            wording.alike(one, other) or wording.near(one, other)
            for other in self.concepts
        ):
            return _NEAR
        return _STRANGE


def _tokens(tokenizer: Any, words: str, there: _Words, *, side: int) -> Iterator[Piece]:
    """Yield the tokens of some words; each bears the mark of the word it is of."""
    marks = [(m.start(), m.end(), _mark(m[0], there, side)) for m in _spans(words)]
    encoded = tokenizer.encode(words, add_special_tokens=False)
    at = 0
    for number, (start, _) in zip(encoded.ids, encoded.offsets, strict=True):
        while at < len(marks) and marks[at][1] <= start:
            at += 1
        inside = at < len(marks) and marks[at][0] <= start
        yield Piece(number, marks[at][2] if inside else 0, claimed=side == 0)


def _spans(words: str) -> Iterator[re.Match[str]]:
    return _FOUND.finditer(words)


def _mark(written: str, there: _Words, side: int) -> int:
    word = (text.words(written) or [""])[0]
    if any(map(str.isdigit, written)):
        sort = _NUMBER
    elif written[0].isupper() and word not in lists.STOP:
        sort = _NAME
    else:
        sort = _WORD
    return 1 + 9 * side + 3 * sort + there.meets(word)


def _written(words: str, own: tuple[str, ...]) -> str:
    return own_names(own).sub(_OWN, words).replace("\n", " ")


def open_reader(
    folder: Path, *, package: str = minilm.PACKAGE, difference: Path = DIFFERENCE
) -> tuple[Reader | None, str]:
    """Open the reader kept in `folder`, built first where need be, or say why not."""
    model_dir, name = opened(folder, "claim-reader", difference, write, package)
    if model_dir is None:
        return None, f"Claims are judged by rules alone: {name}"
    return OnnxReader(model_dir), f"Claims are judged by rules and {name}."


def write(weights: minilm.Weights, path: Path) -> None:
    """Write the graph: marks come in below the layers that were trained."""
    graph = minilm.Graph(weights)
    hidden = graph.embeddings()
    for layer in range(minilm.LAYERS):
        if layer == minilm.LAYERS - TRAINED:
            hidden = graph.add(hidden, graph.row("shapes.weight", "marks"))
        hidden = graph.layer(f"encoder.layer.{layer}", hidden)
    scores = graph.dense("scores", hidden)
    graph.save({"scores": (scores, 2 * len(SORTS))}, path)
