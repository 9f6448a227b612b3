"""Gives verification the sentence model, where there is one. Touches: model files."""

from bot.app import App
from intel import embedder
from intel.case import Similarity


def measure(app: App) -> Similarity | None:
    """Give the measure of how near two texts are in meaning; None where words count.

    It is asked only for sentences that a model reworded freely.
    """
    opened, _ = app.embedder()
    return embedder.likeness(opened) if embedder.knows_meaning(opened) else None
