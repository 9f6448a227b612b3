"""Turn texts into vectors whose closeness is closeness of meaning.

Touches: the model's files; the model hub only where the choice says so.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from intel import minilm, text
from intel.errors import NoModel

Vectors = NDArray[np.float32]
Choice = Literal["auto", "local", "download", "hashing"]
MODEL = "sentence-transformers/all-MiniLM-L6-v2"
_HUB_FOLDER = "hub"
_BATCH = 4  # texts at once: more are no faster, and each long one takes 15 MB
_MET = 2048
_FOR_DOWNLOADS = (
    "PATH", "HOME", "TMPDIR", "LANG", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
    "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE", "HF_HOME", "HF_ENDPOINT",
)  # fmt: skip
_DOWNLOAD = (
    "import sys; from fastembed import TextEmbedding; "
    "TextEmbedding(sys.argv[1], cache_dir=sys.argv[2], lazy_load=True)"
)


class Embedder(Protocol):
    """Gives one L2-normalised float32 row of `dim` numbers per text.

    `name` changes whenever the vectors would; equal texts get equal rows.
    """

    @property
    def name(self) -> str:
        """Name what made the vectors."""

    @property
    def dim(self) -> int:
        """Give the length of a row."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; shape (len(texts), dim)."""


class FastEmbedder:
    """all-MiniLM-L6-v2 through fastembed, from files on this machine only."""

    dim = minilm.DIM

    def __init__(self, *, model_dir: Path | None = None, cache: Path | None = None):
        from fastembed import TextEmbedding  # noqa: PLC0415 - takes a second

        # With a model path fastembed reads files only; so it does with the cache.
        self._model = TextEmbedding(
            MODEL,
            cache_dir=str(cache) if cache else None,
            specific_model_path=str(model_dir) if model_dir else None,
            local_files_only=True,
        )
        self.name = "all-MiniLM-L6-v2"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; what exceeds 256 tokens is not read."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        rows = self._model.embed(list(texts), batch_size=_BATCH)
        return normalised(np.asarray(list(rows), np.float32))


class HashingEmbedder:
    """Word and word-pair counts hashed into a row: stands in where no model is."""

    name = "hashing-1"
    dim = minilm.DIM

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts by their words alone."""
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, one in zip(rows, texts, strict=True):
            for feature in _features(one):
                place, sign = _hashed(feature, self.dim)
                row[place] += sign
        return normalised(np.sign(rows) * np.sqrt(np.abs(rows)))


def normalised(rows: Vectors) -> Vectors:
    """Scale rows to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled


def likeness(embedder: Embedder) -> Callable[[str, str], float]:
    """Make a measure of how alike two texts are in meaning: the cosine, -1 to 1.

    It remembers the texts it met last, for a claim is held against many sentences.
    """

    @lru_cache(maxsize=_MET)
    def row(one: str) -> Vectors:
        rows = embedder.embed([one])
        return rows.reshape(-1)

    def measure(one: str, other: str) -> float:
        return float(row(one) @ row(other))

    return measure


def knows_meaning(embedder: Embedder) -> bool:
    """Say whether an embedder knows more of words than their letters."""
    return not isinstance(embedder, HashingEmbedder)


def open_embedder(
    choice: Choice,
    model_dir: Path,
    *,
    package: str = minilm.PACKAGE,
    limit: float = 20.0,
) -> tuple[Embedder, str]:
    """Open the embedder of choice, with a sentence on which and why.

    auto takes the local model, else tries the hub for `limit` seconds, else hashes.
    Raises NoModel where "local" or "download" cannot be had.
    """
    match choice:
        case "hashing":
            return HashingEmbedder(), "Hashing embedder: chosen in the settings."
        case "local":
            return _local(model_dir, package)
        case "download":
            return _downloaded(model_dir, limit=600.0)
        case "auto":
            return _best(model_dir, package, limit)


def _best(model_dir: Path, package: str, limit: float) -> tuple[Embedder, str]:
    reasons = []
    try:
        return _local(model_dir, package)
    except NoModel as error:
        reasons.append(error.reason)
    try:
        return _downloaded(model_dir, limit)
    except NoModel as error:
        reasons.append(error.reason)
    why = ", and ".join(reasons)
    return HashingEmbedder(), (
        f"Hashing embedder stands in (it knows words, not meaning): {why}."
    )


def _local(model_dir: Path, package: str) -> tuple[Embedder, str]:
    if not minilm.is_built(model_dir):
        source = minilm.packaged(package)
        if source is None:
            reason = f"{model_dir} holds no model and {package} is not installed"
            raise NoModel("local", reason)
        try:
            minilm.build(source, model_dir)
        except ImportError as error:
            reason = f"building it needs the package {error.name}"
            raise NoModel("local", reason) from error
    return FastEmbedder(model_dir=model_dir), f"{MODEL} from {model_dir}."


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What a download needs of our environment, and none of our secrets. Pure."""
    return {name: environ[name] for name in _FOR_DOWNLOADS if name in environ}


def _downloaded(model_dir: Path, limit: float) -> tuple[Embedder, str]:
    cache = model_dir.parent / _HUB_FOLDER
    try:
        # In a process of its own: a download that hangs can be ended.
        subprocess.run(  # noqa: S603 - our own interpreter, our own program
            [sys.executable, "-c", _DOWNLOAD, MODEL, str(cache)],
            check=True, capture_output=True, timeout=limit,
            env=child_environment(os.environ),
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        reason = f"the model hub gave nothing within {limit:.0f} s"
        raise NoModel("download", reason) from error
    return FastEmbedder(cache=cache), f"{MODEL} from the model hub, kept in {cache}."


def _features(one: str) -> Iterator[str]:
    stems = [text.stem(word) for word in text.content_words(one)]
    yield from stems
    yield from (f"{left} {right}" for left, right in pairwise(stems))


def _hashed(feature: str, dim: int) -> tuple[int, int]:
    number = int.from_bytes(
        hashlib.blake2b(feature.encode(), digest_size=8).digest(), "big"
    )
    return (number >> 1) % dim, 1 if number & 1 else -1
