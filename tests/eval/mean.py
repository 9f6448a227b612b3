"""Make the mean of several trained weights: steadier than the last of them alone.

`python -m tests.eval.mean intel/tagger.npz new.npz@2 old.npz` counts `new.npz` twice.
The weights of tagger and reader are kept as differences to the packaged ones, so the
mean of the differences is the difference of the mean. Touches: the files named.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[np.generic]]
_SCALE = ":scale"
_BYTE = 127


def opened(path: Path) -> dict[str, NDArray[np.float32]]:
    """Read differences, those kept in a byte per number brought to their scale."""
    with np.load(path) as kept:
        scaled = {name: kept[name] for name in kept.files}
    return {
        name: values.astype(np.float32) * scaled.get(f"{name}{_SCALE}", np.float32(1))
        for name, values in scaled.items()
        if not name.endswith(_SCALE)
    }


def averaged(paths: Sequence[Path], counted: Sequence[float]) -> Arrays:
    """Take the mean of differences, kept as the first of them are."""
    every = [opened(path) for path in paths]
    with np.load(paths[0]) as kept:
        in_bytes = {name.removesuffix(_SCALE) for name in kept if _SCALE in name}
    made: dict[str, NDArray[np.generic]] = {}
    for name in every[0]:
        mean = np.average([one[name] for one in every], axis=0, weights=counted)
        if name in in_bytes:
            scale = np.abs(mean).max(axis=1, keepdims=True) / _BYTE + 1e-12
            made[name] = np.round(mean / scale).astype(np.int8)
            made[f"{name}{_SCALE}"] = scale.astype(np.float32)
        else:
            made[name] = mean.astype(np.float16)
    return made


def main() -> None:
    """Read the weights named, and write their mean into the first file."""
    out, *told = sys.argv[1:]
    parts = [one.partition("@") for one in told]
    counted = [float(times or 1) for _, _, times in parts]
    made = averaged([Path(name) for name, _, _ in parts], counted)
    np.savez_compressed(out, **made)  # type: ignore[arg-type] - numpy's own annotation


if __name__ == "__main__":
    main()
