"""What one check of `cip doctor` found. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; where it is not well, the text ends with the remedy."""

    text: str
    well: bool = True
