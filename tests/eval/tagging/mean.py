"""Make the mean of several taggers' weights: steadier than the last of them alone.

`python -m tests.eval.tagging.mean intel/tagger.npz new.npz@2 old.npz` counts `new.npz`
twice. Needs torch, as train.py does. Touches: the files named.
"""

import sys
from pathlib import Path

import numpy as np

from intel.tuned import changed
from tests.eval import training
from tests.eval.tagging.network import Network


def main() -> None:
    """Read the taggers named, and write their mean into the first file."""
    out, *told = sys.argv[1:]
    weights, _ = training.packaged()
    parts = [one.partition("@") for one in told]
    counted = [float(times or 1) for _, _, times in parts]
    found = [changed(weights, Path(name)) for name, _, _ in parts]
    network = Network(weights)
    network.start_from(
        {
            name: np.average([one[name] for one in found], axis=0, weights=counted)
            for name in found[0]
        }
    )
    network.write(Path(out))


if __name__ == "__main__":
    main()
