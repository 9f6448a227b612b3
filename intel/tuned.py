"""Open models that are all-MiniLM-L6-v2 with their upper layers trained further.

Only the difference to the packaged weights ships, a byte per number; the graph is built
beside the sentence model's on first use. Touches: the model's files.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intel import minilm

_SCALE = ":scale"
_PLAIN = np.ones(1, np.float32)

Floats = NDArray[np.float32]
Writer = Callable[[minilm.Weights, Path], None]


def opened(
    folder: Path, name: str, difference: Path, write: Writer, package: str
) -> tuple[Path | None, str]:
    """Give the model's folder, built first where need be, or nothing and why not.

    The second is the folder's name, or the end of a sentence.
    """
    made = hashlib.blake2b(difference.read_bytes(), digest_size=6).hexdigest()
    model_dir = folder / f"{name}-{made}"
    if minilm.is_built(model_dir):
        return model_dir, model_dir.name
    source = minilm.packaged(package)
    if source is None:
        return None, f"{package} is not installed."
    try:
        minilm.build(
            source,
            model_dir,
            lambda weights, to: write(changed(weights, difference), to),
        )
    except ImportError as error:
        return None, (
            "building the learned reader needs the package "
            f"{error.name} (the extra 'model')."
        )
    return model_dir, model_dir.name


def session(model_dir: Path) -> tuple[Any, Any]:
    """Open the model's graph, which takes one thread, and its tokenizer."""
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415
    from tokenizers import Tokenizer  # noqa: PLC0415 - heavy, like the one above

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    tokenizer = Tokenizer.from_file(str(model_dir / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return InferenceSession(str(model_dir / minilm.MODEL_FILE), options), tokenizer


def changed(weights: minilm.Weights, difference: Path) -> Mapping[str, Floats]:
    """Add the difference to the packaged weights; new tensors stand as they are."""
    with np.load(difference) as file:
        own = {name: file[name] for name in file.files}
    found = {name: np.asarray(value, np.float32) for name, value in weights.items()}
    for name, stored in own.items():
        if not name.endswith(_SCALE):
            scale = own.get(name + _SCALE, _PLAIN)
            value = stored.astype(np.float32) * scale.astype(np.float32)
            found[name] = found[name] + value if name in found else value
    return found


def own_names(own: Sequence[str]) -> re.Pattern[str]:
    """Match the company's names, those in capitals too."""
    return _names(tuple(own))


@lru_cache(maxsize=256)
def _names(own: tuple[str, ...]) -> re.Pattern[str]:
    spelled = {*own, *(name.upper() for name in own if len(name) > 3)} - {""}
    ordered = sorted(spelled, key=len, reverse=True)
    return re.compile("|".join(map(bounded, ordered)) or r"(?!)")


def bounded(name: str) -> str:
    """Write a pattern for a name that stands as a word of its own."""
    left = r"(?<!\w)" if re.match(r"\w", name) else ""
    right = r"(?!\w)" if re.search(r"\w$", name) else ""
    return left + re.escape(name) + right
