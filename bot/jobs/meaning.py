"""Gives verification the models that know meaning, where there are any.

Touches: model files, on first use.
"""

from bot.app import App
from intel import embedder
from intel.case import Readers, Similarity


def measure(app: App) -> Similarity | None:
    """Give the measure of how near two texts are in meaning; None where words count.

    It is asked only for sentences that a model reworded freely.
    """
    opened, _ = app.embedder()
    return embedder.likeness(opened) if embedder.knows_meaning(opened) else None


def reader(app: App) -> Readers:
    """Give what opens the learned reader of claims, where a claim first needs it."""
    return lambda: app.reader()[0]
