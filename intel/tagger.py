"""Say of each piece of a text what it is to a funding round: a learned second reader.

The model is all-MiniLM-L6-v2 with its upper layers trained on our development cases
(`tests/eval/tagging/train.py`); this room ships only the difference to the packaged
weights, beside this file. Touches: the model's files.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from intel import minilm
from intel.tuned import Floats, opened, own_names, session

DIFFERENCE = Path(__file__).with_name("tagger.npz")
LABELS = ("other", "lead", "in lead", "backer", "in backer", "sum", "round")
TRAINED = 4  # layers, from the top
MOST = 320  # tokens that are read at once; longer texts are cut
_OWN = "company"  # stands in a text for each name of the company it is about
_OWN_SHAPE = 6


@dataclass(frozen=True, slots=True)
class Tagged:
    """What each token of a headline and text is, in order.

    `places` say where a token stands: 0 for the headline or 1 for the text, and its
    first and last character; -1 for what stands in neither. `odds` has a row of
    `LABELS` for each token; `tells` are the odds that a new round of the company is
    told of. `texts` are the headline and the text.
    """

    texts: tuple[str, str]
    places: tuple[tuple[int, int, int], ...]
    odds: Floats
    tells: float


class Tagger(Protocol):
    """Tags a headline and text; equal texts get equal tags."""

    @property
    def name(self) -> str:
        """Name what tags; changes whenever the tags would."""

    def tag(self, title: str, text: str, own: Sequence[str]) -> Tagged:
        """Tag a text about the company of these names."""


class OnnxTagger:
    """The learned tagger, from files on this machine only."""

    def __init__(self, model_dir: Path) -> None:
        self._session, self._tokenizer = session(model_dir)
        self.name = model_dir.name

    def tag(self, title: str, text: str, own: Sequence[str]) -> Tagged:
        """Tag a text about the company of these names."""
        pieces = encode(self._tokenizer, title, text, own)
        ids, shapes = (
            np.array([[getattr(piece, part) for piece in pieces]], np.int64)
            for part in ("number", "shape")
        )
        given = {
            "input_ids": ids,
            "shapes": shapes,
            "attention_mask": np.ones_like(ids),
        }
        scores = self._session.run(["scores"], given)[0][0]
        return Tagged(
            (title, text),
            tuple(piece.place for piece in pieces),
            _odds(scores[:, : len(LABELS)]),
            float(1 / (1 + np.exp(-scores[0, len(LABELS)]))),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One token: its number in the vocabulary, how it is written, where it stands."""

    number: int
    shape: int
    place: tuple[int, int, int]


def encode(
    tokenizer: Any, title: str, text: str, own: Sequence[str]
) -> tuple[Piece, ...]:
    """Cut headline and text into tokens, the company's names replaced by one token."""
    first, last, own_id = (
        tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]", _OWN)
    )
    pieces = [Piece(first, 0, (-1, 0, 0))]
    for part, one in enumerate((title, text)):
        spans = [match.span() for match in own_names(own).finditer(one)]
        done, before = -1, -1
        encoded = tokenizer.encode(one, add_special_tokens=False)
        for number, (start, end) in zip(encoded.ids, encoded.offsets, strict=True):
            inside = next((n for n, (a, b) in enumerate(spans) if a <= start < b), -1)
            if inside >= 0:
                if inside != done:
                    place = (part, *spans[inside])
                    pieces.append(Piece(own_id, _OWN_SHAPE, place))
                done = inside
                continue
            opens = start != before or not one[start - 1 : start + 1].isalnum()
            shape = _shape(one, start, end) if opens else _goes_on(pieces[-1].shape)
            pieces.append(Piece(number, shape, (part, start, end)))
            before = end
        pieces.append(Piece(last, 0, (-1, 0, 0)))
    return tuple(pieces[:MOST])


def _shape(text: str, start: int, end: int) -> int:
    """Say how the word that begins here is written: capitals, digits, or plain."""
    match = re.compile(r"\w+").match(text, start)
    word = match[0] if match else text[start:end]
    if any(sign.isdigit() for sign in word):
        return 3
    if word.isupper():
        return 2 if len(word) > 1 else 7
    if word[0].isupper():
        return 1 if word[1:].islower() else 4
    return 4 if any(sign.isupper() for sign in word) else 0


def _goes_on(shape: int) -> int:
    """Give the shape of a later piece of a word that began so."""
    return 5 if shape in (1, 2, 3, 4, 5, 7) else 0


def _odds(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds: Floats = raised / raised.sum(axis=1, keepdims=True)
    return odds


def open_tagger(
    folder: Path, *, package: str = minilm.PACKAGE, difference: Path = DIFFERENCE
) -> tuple[Tagger | None, str]:
    """Open the tagger kept in `folder`, built first where need be, or say why not."""
    model_dir, name = opened(folder, "round-tagger", difference, _write, package)
    if model_dir is None:
        return None, f"Rounds are read by rules alone: {name}"
    return OnnxTagger(model_dir), f"Rounds are read by rules and {name}."


def _write(weights: minilm.Weights, path: Path) -> None:
    """Write the graph: shapes come in below the layers that were trained."""
    graph = minilm.Graph(weights)
    hidden = graph.embeddings()
    for layer in range(minilm.LAYERS):
        if layer == minilm.LAYERS - TRAINED:
            hidden = graph.add(hidden, graph.row("shapes.weight", "shapes"))
        hidden = graph.layer(f"encoder.layer.{layer}", hidden)
    scores = graph.dense("scores", hidden)
    graph.save({"scores": (scores, len(LABELS) + 1)}, path)
