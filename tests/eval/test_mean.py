"""The mean of trained weights, kept as differences."""

import numpy as np

from tests.eval import mean


def test_the_mean_of_differences_is_taken_at_their_scale(tmp_path):
    for name, step in (("one", 2.0), ("two", 4.0)):
        np.savez(
            tmp_path / f"{name}.npz",
            **{
                "large": np.array([[127, -64]], np.int8),
                "large:scale": np.array([[step]], np.float32),
                "small": np.array([step, 0.0], np.float16),
            },
        )
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]
    made = mean.averaged(paths, [3, 1])
    np.savez(tmp_path / "mean.npz", **made)
    found = mean.opened(tmp_path / "mean.npz")
    assert np.allclose(found["large"], [[127 * 2.5, -64 * 2.5]], atol=1.3)
    assert np.allclose(found["small"], [2.5, 0.0])
