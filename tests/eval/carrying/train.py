"""Train the reader of claims on the development pairs and on invented ones.

`python -m tests.eval.carrying.train` writes intel/reader.npz. It needs torch 2.13
(`pip install torch==2.13.0`), which nothing else does; on one core it takes about half
an hour. `--without p q` leaves pairs out whose ids begin so, to see how the rest does
on them: so the odds in intel/weighing.py were found. What is shipped went on from such
runs again and again (`--start`, `--pace 0.5`, fewer `--invented`) and is the mean of
two (tests/eval/mean.py); tests/data/gold/README-support.md tells which. Touches: the
weights beside intel/reader.py, the terminal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from intel.reader import DIFFERENCE, SORTS, encode
from tests.eval import training
from tests.eval.carrying import pairs
from tests.eval.carrying.invented import DATA, invent
from tests.eval.carrying.network import Network
from tests.eval.score import cases, rows
from tests.eval.training import filled

_TOKENS, _ROWS = 2400, 24  # in a batch at most
_EARLY = 2  # epochs with twice as many invented stories
_SORT_SHARE = 0.5  # what naming the fault counts beside finding that there is one


@dataclass(frozen=True, slots=True)
class Example:
    """A pair in tokens."""

    ids: tuple[int, ...]
    marks: tuple[int, ...]
    claimed: tuple[bool, ...]
    sort: int
    weight: float


class Data:
    """What is learned from, made anew for each epoch."""

    def __init__(self, told: Sequence[Mapping[str, Any]], asked: Any) -> None:
        self.weights, self.tokenizer = training.packaged()
        self.cases, self.chance = told, Random(asked.seed)
        self.invented, self.done = asked.invented, 0

    def batches(self) -> list[list[Example]]:
        """Make an epoch's batches, of pairs of like length."""
        r = self.chance
        made = list(pairs.epoch(self.cases, r))
        stories = self.invented // (1 + (self.done >= _EARLY))
        made += [pair for _ in range(stories) for pair in invent(r)]
        self.done += 1
        found = [example(self.tokenizer, pair) for pair in made]
        found.sort(key=lambda one: len(one.ids) + 20 * r.random())
        batches = list(training.packed(found, _TOKENS, _ROWS))
        r.shuffle(batches)
        return batches


def example(tokenizer: Any, pair: pairs.Pair) -> Example:
    """Put a pair into tokens."""
    pieces = encode(tokenizer, pair.claim, pair.parts, pair.own)
    return Example(
        tuple(piece.number for piece in pieces),
        tuple(piece.mark for piece in pieces),
        tuple(piece.claimed for piece in pieces),
        SORTS.index(pair.sort),
        pair.weight,
    )


def tensors(batch: Sequence[Example]) -> tuple[Any, ...]:
    """Fill a batch to one width: numbers, marks, what is real, what is claimed."""
    width = max(len(one.ids) for one in batch)
    ids, marks, claimed = (
        torch.tensor([filled(getattr(one, part), width) for one in batch])
        for part in ("ids", "marks", "claimed")
    )
    real = torch.tensor([filled([1] * len(one.ids), width) for one in batch])
    return ids, marks, real.bool(), claimed.bool()


def _loss(network: Network, batch: Sequence[Example]) -> Any:
    scores = network(*tensors(batch))
    sorts = torch.tensor([one.sort for one in batch])
    weights = torch.tensor([one.weight for one in batch])
    wrong = torch.logsumexp(scores[:, 1:], 1)
    whole = F.binary_cross_entropy_with_logits(
        scores[:, 0] - wrong, (sorts == 0).float() * 0.94 + 0.03, reduction="none"
    )
    named = F.cross_entropy(scores[:, 1:], (sorts - 1).clamp(min=0), reduction="none")
    lost = whole + _SORT_SHARE * named * (sorts > 0)
    return (lost * weights).sum() / weights.sum()


def main() -> None:
    """Train and write."""
    asked = training.ask(__doc__, DIFFERENCE, epochs=7, invented=700)
    left_out = tuple(f"sup-{part}" for part in asked.without)
    every = [*cases("support", "dev"), *rows(DATA / "pairs.jsonl")]
    told = [case for case in every if not case["id"].startswith(left_out)]
    data = Data(told, asked)
    network = Network(data.weights)
    training.begin(network, data.weights, asked)
    training.train(network, data.batches, lambda b, _: _loss(network, b), asked)


if __name__ == "__main__":
    main()
