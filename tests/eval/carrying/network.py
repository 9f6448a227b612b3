"""The reader of claims as a network that can be trained. Needs torch (see train.py)."""

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from intel import minilm
from intel.reader import MARKS, SORTS, TRAINED
from tests.eval.tagging import network

_DROPPED = 0.1


class Network(network.Network):
    """all-MiniLM-L6-v2: its upper layers learn, and a table of marks of the tokens.

    It is scored by its first token and by the claim's tokens in the mean.
    """

    def __init__(self, weights: minilm.Weights) -> None:
        super().__init__(weights)
        self.shapes = nn.Parameter(torch.zeros(MARKS, minilm.DIM))
        self.scores = nn.Linear(minilm.DIM, 2 * len(SORTS))

    def forward(self, ids, marks, mask, claimed):
        """Score each pair of a batch, [batch, sorts]."""
        with torch.no_grad():
            x = self._embedded(ids)
            for layer in range(minilm.LAYERS - TRAINED):
                x = self._layer(layer, x, mask)
        x = F.dropout(x + self.shapes[marks], _DROPPED, self.training)
        for layer in range(minilm.LAYERS - TRAINED, minilm.LAYERS):
            x = self._layer(layer, x, mask)
        scores = self.scores(F.dropout(x, _DROPPED, self.training))
        weights = claimed.float() / claimed.sum(1, keepdim=True)
        mean = (scores[..., len(SORTS) :] * weights[..., None]).sum(1)
        return scores[:, 0, : len(SORTS)] + mean
