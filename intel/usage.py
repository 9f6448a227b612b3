"""How usage is written: the names of metrics, and numbers. Pure."""

KIND = "usage"
# What is written in capitals, by the letters that a metric's name has.
_SHORT = frozenset({"api", "csat", "dau", "mau", "nps", "sso", "ui", "wau"})


def named(metric: str) -> str:
    """Write a metric's name as a reader would: `api.calls` is API calls."""
    parts = metric.replace("_", " ").replace(".", " ").split()
    written = [part.upper() if part.casefold() in _SHORT else part for part in parts]
    name = " ".join(written)
    return name[:1].upper() + name[1:]


def number(value: float) -> str:
    """Write a number with as many places as tell something."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"
