"""Find backers that give through an arm without a name of its own. Pure.

"With Foo and the venture arm of the utility Bar": Bar is the backer. "Foo Next, the
venture arm of Bar" and "the venture arm of Bar, Foo Next," name the arm, which is.
"""

import re

_ARM = r"(?:arm|unit|fund|division|business|vehicle|affiliate|subsidiary|outfit|office)"
_BEFORE = re.compile(
    r"\b(?:and|with|from|by|including|alongside|plus|are|is|was|were)\s(?:also\s)?the\s"
    rf"(?:(?!pension|sovereign|wealth|hedge)[a-z-]+\s){{1,3}}{_ARM}\s(?:of|at)\s"
    r"(?:the\s)?(?:[A-Z][a-z]+\s(?=[a-z]))?(?:[a-z-]+\s){0,3}$"
)
_NAMED = re.compile(r"(?:\s[a-z]+){0,3},\s(?!(?:and|or)\b)[A-ZÀ-Þ0-9]|\s[(–—-]")


def gives_through(text: str, start: int, end: int) -> bool:
    """Say whether the name that stands there is whose nameless arm gives money."""
    before = text[max(0, start - 140) : start]
    return bool(_BEFORE.search(before)) and not _NAMED.match(text, end)
