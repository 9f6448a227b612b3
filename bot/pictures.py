"""Keeps what pictures show, and draws them when they are sent.

The store keeps a picture's data, never the picture: under one name only the newest.
Touches: the store's notes.
"""

from collections.abc import Callable
from datetime import datetime

from intel import charts
from intel.charts import Chart
from store.store import Store

NOTE = "chart."


def asset(name: str, chart: Chart) -> str:
    """Name the asset that a page refers to, by the data that it shows. Pure."""
    return f"{name}@{chart.digest}.png"


def keep(store: Store, name: str, chart: Chart, now: datetime) -> None:
    """Keep a chart's data, so that the page that wants it can be shown."""
    data = charts.to_json(chart)
    if store.notes.get(NOTE + name) != data:
        store.notes.put(NOTE + name, data, now)


def drawer(store: Store) -> Callable[[str], bytes]:
    """Give what draws an asset from the data kept under its name; raises KeyError."""

    def draw(named: str) -> bytes:
        from intel import drawing  # noqa: PLC0415 - matplotlib takes its time

        data = store.notes.get(NOTE + named.rpartition(".")[0].partition("@")[0])
        if data is None:
            raise KeyError(named)
        return drawing.draw(charts.from_json(data))

    return draw
