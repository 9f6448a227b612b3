"""Train the tagger of rounds on the development cases and on invented texts.

`python -m tests.eval.tagging.train` writes intel/tagger.npz. It needs torch 2.13
(`pip install torch==2.13.0`), which nothing else does; on one core it takes about a
quarter of an hour. `--without d9` leaves cases out whose ids begin so, to see how the
rest does on them. Touches: the weights beside intel/tagger.py, the terminal.
"""

from collections.abc import Sequence
from random import Random
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from intel.tagger import DIFFERENCE, LABELS, MOST
from tests.eval import training
from tests.eval.score import cases, rows
from tests.eval.tagging.examples import Example, example, other_names, swapped
from tests.eval.tagging.invented import invent
from tests.eval.tagging.network import Network
from tests.eval.tagging.slots import DATA
from tests.eval.training import filled

_TOKENS, _ROWS = 1100, 16  # in a batch at most
_AS_WRITTEN = 0.1  # of the cases keep their names
_ASIDE = 0.15  # what a mention counts beside the one that tells the most
_TOKEN_SHARE, _TELLS_SHARE = 4.0, 0.15
_PLURAL_FROM = 1  # the epoch from which mentions of one name are weighed


class Data:
    """What is learned from: cases under ever new names, and invented texts."""

    def __init__(self, without: Sequence[str], invented: int, chance: Random) -> None:
        self.weights, self.tokenizer = training.packaged()
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
        batches = list(training.packed(examples, _TOKENS, _ROWS))
        r.shuffle(batches)
        return batches


def main() -> None:
    """Train and write."""
    asked = training.ask(__doc__, DIFFERENCE, epochs=8, invented=500)
    data = Data(asked.without, asked.invented, Random(asked.seed))
    network = Network(data.weights)
    training.begin(network, data.weights, asked)

    def loss(batch: Sequence[Example], epoch: int) -> Any:
        return _loss(network, batch, late=epoch >= _PLURAL_FROM)

    training.train(network, data.batches, loss, asked)


def _loss(network: Network, batch: Sequence[Example], *, late: bool) -> Any:
    width = min(MOST, max(len(one.ids) for one in batch))
    ids, shapes, labels = (
        torch.tensor([filled(getattr(one, part), width) for one in batch])
        for part in ("ids", "shapes", "labels")
    )
    real = torch.tensor([filled([1] * len(one.ids), width) for one in batch])
    scores = network(ids, shapes, real.bool())
    told = scores[..., : len(LABELS)].transpose(1, 2)
    each = F.cross_entropy(told, labels, reduction="none")
    shares = real.float()
    if late:
        _weigh(shares, each.detach(), batch)
    tells = torch.tensor([float(one.tells) for one in batch])
    whole = F.binary_cross_entropy_with_logits(scores[:, 0, len(LABELS)], tells)
    return _TOKEN_SHARE * (each * shares).sum() / shares.sum() + _TELLS_SHARE * whole


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
