"""Choose words for the slots of the frames that texts are invented from."""

from pathlib import Path
from random import Random

from intel.deals import pools

DATA = Path(__file__).parents[2] / "data" / "tagger"
WORDS = pools.WORDS | pools.words(DATA / "words.json")


def pick(chance: Random, kind: str) -> str:
    """Choose a word of a kind."""
    return chance.choice(WORDS[kind])
