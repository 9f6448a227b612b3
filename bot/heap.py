"""How often Python looks for cycles of garbage. Touches: the whole process."""

import gc

_NEW, _YOUNG, _OLD = 10_000, 20, 20  # Python's own: 700, 10, 10


def settle() -> None:
    """Leave out what is loaded by now from every later look, and look less often.

    Modules and settings stay for months; looking through them again and again took a
    tenth of the processor's time of a first publication (docs/benchmarks.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
