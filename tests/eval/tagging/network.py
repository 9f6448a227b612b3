"""The tagger as a network that can be trained. Needs torch (see train.py)."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from intel import minilm
from intel.tagger import LABELS, TRAINED

SHAPES = 8
_DROPPED = 0.1
_LARGE = 10_000  # numbers; larger tensors are kept in a byte per number
_DENSE = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")


class Network(nn.Module):
    """all-MiniLM-L6-v2: its upper layers learn, and a table of how words are written.

    A last row of scores says whether a new round of the company is told of.
    """

    def __init__(self, weights: minilm.Weights) -> None:
        super().__init__()
        self.packaged = {n: torch.tensor(v).float() for n, v in weights.items()}
        self.learned = nn.ParameterDict(
            {_key(n): nn.Parameter(self.packaged[n].clone()) for n in _trained()}
        )
        self.shapes = nn.Parameter(torch.zeros(SHAPES, minilm.DIM))
        self.scores = nn.Linear(minilm.DIM, len(LABELS) + 1)

    def start_from(self, weights: minilm.Weights) -> None:
        """Go on from what was learned before: the packaged weights, changed."""
        for name in _trained():
            self.learned[_key(name)].data.copy_(torch.tensor(weights[name]))
        self.shapes.data.copy_(torch.tensor(weights["shapes.weight"]))
        self.scores.weight.data.copy_(torch.tensor(weights["scores.weight"]))
        self.scores.bias.data.copy_(torch.tensor(weights["scores.bias"]))

    def forward(self, ids, shapes, mask):
        """Score each token of a batch, [batch, tokens, labels and one]."""
        with torch.no_grad():
            x = self._embedded(ids)
            for layer in range(minilm.LAYERS - TRAINED):
                x = self._layer(layer, x, mask)
        x = F.dropout(x + self.shapes[shapes], _DROPPED, self.training)
        for layer in range(minilm.LAYERS - TRAINED, minilm.LAYERS):
            x = self._layer(layer, x, mask)
        return self.scores(F.dropout(x, _DROPPED, self.training))

    def _embedded(self, ids):
        words, places, types = (
            self.packaged[f"embeddings.{kind}_embeddings.weight"]
            for kind in ("word", "position", "token_type")
        )
        return self._norm(
            "embeddings.LayerNorm", words[ids] + places[: ids.shape[1]] + types[0]
        )

    def _layer(self, number, x, mask):
        name, (rows, tokens, _) = f"encoder.layer.{number}", x.shape
        query, key, value = (
            self._dense(f"{name}.{part}", x)
            .view(rows, tokens, minilm.HEADS, -1)
            .transpose(1, 2)
            for part in _DENSE[:3]
        )
        seen = F.scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None, :]
        )
        seen = seen.transpose(1, 2).reshape(rows, tokens, -1)
        x = self._norm(
            f"{name}.{_NORMS[0]}", x + self._dense(f"{name}.{_DENSE[3]}", seen)
        )
        wide = F.gelu(self._dense(f"{name}.{_DENSE[4]}", x))
        return self._norm(
            f"{name}.{_NORMS[1]}", x + self._dense(f"{name}.{_DENSE[5]}", wide)
        )

    def _weight(self, name):
        key = _key(name)
        return self.learned[key] if key in self.learned else self.packaged[name]

    def _dense(self, name, x):
        return F.linear(x, self._weight(f"{name}.weight"), self._weight(f"{name}.bias"))

    def _norm(self, name, x):
        weight, bias = (self._weight(f"{name}.{part}") for part in ("weight", "bias"))
        return F.layer_norm(x, (minilm.DIM,), weight, bias, minilm.EPSILON)

    def write(self, path: Path) -> None:
        """Write the difference to the packaged weights, as intel.tagger reads it."""
        kept: dict[str, NDArray[np.generic]] = {}
        for name in _trained():
            learned = self.learned[_key(name)].detach()
            change = (learned - self.packaged[name]).numpy()
            if change.size > _LARGE:
                scale = np.abs(change).max(axis=1, keepdims=True) / 127 + 1e-12
                kept[name] = np.round(change / scale).astype(np.int8)
                kept[f"{name}:scale"] = scale.astype(np.float32)
            else:
                kept[name] = change.astype(np.float16)
        kept["shapes.weight"] = self.shapes.detach().numpy().astype(np.float16)
        for part in ("weight", "bias"):
            value = getattr(self.scores, part).detach().numpy()
            kept[f"scores.{part}"] = value.astype(np.float16)
        np.savez_compressed(path, **kept)


def _key(name: str) -> str:
    return name.replace(".", "/")


def _trained() -> list[str]:
    return [
        f"encoder.layer.{layer}.{name}.{part}"
        for layer in range(minilm.LAYERS - TRAINED, minilm.LAYERS)
        for name in (*_DENSE, *_NORMS)
        for part in ("weight", "bias")
    ]
