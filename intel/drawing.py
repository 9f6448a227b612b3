"""Draws charts as PNG pictures, the same bytes from the same chart. Pure.

The only home of matplotlib; whoever draws imports this late, since that takes a while.
The ground is opaque, so that a picture reads alike on a white and on a dark page;
colours are those of Okabe and Ito, told apart by colour-blind eyes, and never the only
sign.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from intel.charts import BARS, LINES, SMALL, STACKED, Chart, Line, Panel
from intel.usage import number

_DPI = 144
_WIDTH = 8.0
_HEIGHTS = {LINES: 2.3, STACKED: 3.0, BARS: 0.38, SMALL: 1.9}  # inches, of each
_FONT = "DejaVu Sans"  # comes with matplotlib
_GROUND = "#ffffff"
_INK = "#24292f"
_FAINT = "#d0d7de"
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8c6d1f", "#444444")
_DASHES = ("-", "--", "-.", ":")
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
# A colour and a hatch for each health.
_HEALTHS: Mapping[str, tuple[str, str]] = {
    "Healthy": ("#009e73", ""),
    "Watch": ("#f0c040", ".."),
    "At risk": ("#d55e00", "//"),
    "No data": ("#b8bec6", "xx"),
}
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_LONGEST_NAME = 28
_MOST_TICKS = 8
_COLUMNS = 3


@lru_cache(maxsize=16)
def draw(chart: Chart) -> bytes:
    """Draw a chart as PNG; of equal ones asked for in a row only the first is drawn."""
    figure = Figure(figsize=(_WIDTH, _height(chart)), dpi=_DPI, facecolor=_GROUND)
    FigureCanvasAgg(figure)
    _DRAWERS[chart.kind](figure, chart)
    figure.text(
        0.012, 1 - 0.1 / _height(chart), plain(chart.title), va="top", ha="left",
        **_font(11, weight="bold"),
    )  # fmt: skip
    figure.subplots_adjust(**_margins(chart))
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=_DPI, metadata={"Software": None})
    return target.getvalue()


def plain(name: str, longest: int = _LONGEST_NAME) -> str:
    """Shorten a name, and keep the letters that the font has; "?" for others."""
    path = font_manager.findfont(_FONT, fallback_to_default=False)
    known = font_manager.get_font(path).get_charmap()
    line = " ".join(name.split())
    short = line if len(line) <= longest else line[: longest - 1] + "…"
    return "".join(c if ord(c) in known else "?" for c in short)


def _lines(figure: Figure, chart: Chart) -> None:
    for at, panel in enumerate(chart.panels):
        axes = figure.add_subplot(len(chart.panels), 1, at + 1)
        _panel(axes, panel, chart.ticks)
        _names(axes, panel, len(chart.ticks))
        _days(axes, chart.ticks, shown=at == len(chart.panels) - 1)


def _small(figure: Figure, chart: Chart) -> None:
    """Draw panels side by side, each with its last value above."""
    for at, panel in enumerate(chart.panels):
        axes = figure.add_subplot(1, _COLUMNS, at + 1)
        _panel(axes, panel, chart.ticks)
        _days(axes, chart.ticks, shown=True, most=2)
        for line in panel.lines:
            if line.ends:
                axes.set_title(
                    _short(line.ends[1]), loc="right", pad=5,
                    **_font(9.5, color=_COLOURS[0], weight="bold"),
                )  # fmt: skip


def _panel(axes: Axes, panel: Panel, ticks: Sequence[str]) -> None:
    _frame(axes, plain(panel.title, 60))
    for nth, line in enumerate(panel.lines):
        _line(axes, line, nth)
    axes.set_xlim(-0.4, len(ticks) - 0.6)
    axes.set_ylim(0, _top(panel) * 1.12 or 1)


def _line(axes: Axes, line: Line, nth: int) -> None:
    known = [value if value is not None else float("nan") for value in line.values]
    colour = _COLOURS[nth % len(_COLOURS)]
    axes.plot(
        range(len(known)), known, color=colour, linewidth=1.8, markersize=3.6,
        linestyle=_DASHES[nth % len(_DASHES)], marker=_MARKS[nth % len(_MARKS)],
    )  # fmt: skip


def _names(axes: Axes, panel: Panel, ticks: int) -> None:
    """Write each line's name and last value at its end, none over another."""
    step = (_top(panel) * 1.12 or 1) * 0.13
    ends = [
        (line.ends[1], nth, line) for nth, line in enumerate(panel.lines) if line.ends
    ]
    lowest = float("-inf")
    for value, nth, line in sorted(ends, key=lambda end: end[:2]):
        lowest = max(value, lowest + step)
        name = f"{plain(line.name, 16)} " if len(panel.lines) > 1 else ""
        axes.annotate(
            f"{name}{_short(value)}", (ticks - 0.5, lowest), va="center", ha="left",
            annotation_clip=False, parse_math=False,
            **_font(8.5, color=_COLOURS[nth % len(_COLOURS)], weight="bold"),
        )  # fmt: skip


def _stacked(figure: Figure, chart: Chart) -> None:
    axes = figure.add_subplot(1, 1, 1)
    panel = chart.panels[0]
    _frame(axes, plain(panel.title, 60), whole=True)
    bottom = [0.0] * len(chart.ticks)
    for line in panel.lines:
        colour, hatch = _HEALTHS.get(line.name, (_COLOURS[0], ""))
        heights = [value or 0.0 for value in line.values]
        axes.bar(
            range(len(heights)), heights, bottom=bottom, width=0.82, color=colour,
            hatch=hatch, edgecolor=_GROUND, linewidth=0.4, label=plain(line.name),
        )  # fmt: skip
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    axes.set_xlim(-0.6, max(len(chart.ticks), 7) - 0.4)
    axes.set_ylim(0, max(bottom, default=1.0) * 1.05 or 1)
    _days(axes, chart.ticks, shown=True)
    axes.legend(
        *_reversed(axes), loc="upper left", bbox_to_anchor=(1.0, 1.02), frameon=False,
        prop=_property(8.5), labelcolor=_INK,
    )  # fmt: skip


def _reversed(axes: Axes) -> tuple[list[Any], list[Any]]:
    """List the legend in the order of the stack, top first."""
    handles, labels = axes.get_legend_handles_labels()
    return handles[::-1], labels[::-1]


def _bars(figure: Figure, chart: Chart) -> None:
    axes = figure.add_subplot(1, 1, 1)
    panel = chart.panels[0]
    _frame(axes, plain(panel.title, 90), grid="x")
    values = [value or 0.0 for value in panel.lines[0].values]
    places = range(len(values))[::-1]
    axes.barh(places, values, height=0.66, color=_COLOURS[0])
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.6, len(values) - 0.4)
    axes.set_xticks(range(0, 101, 25), [f"{at} %" for at in range(0, 101, 25)])
    axes.set_yticks(list(places), list(map(plain, chart.ticks)), parse_math=False)
    for place, value in zip(places, values, strict=True):
        axes.annotate(
            f"{value:.0f} %", (value, place), xytext=(4, 0), va="center", ha="left",
            textcoords="offset points", annotation_clip=False, **_font(8.5),
        )  # fmt: skip
    _write_ticks(axes)


def _frame(axes: Axes, title: str, grid: str = "y", *, whole: bool = False) -> None:
    axes.set_facecolor(_GROUND)
    for side in ("top", "right", "left" if grid == "y" else "bottom"):
        axes.spines[side].set_visible(False)
    for spine in axes.spines.values():
        spine.set_color(_INK)
    axes.grid(visible=True, axis=grid, color=_FAINT, linewidth=0.7)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK, length=0 if grid == "y" else 3)
    axes.set_title(title, loc="left", pad=5, parse_math=False, **_font(8.5))
    if grid == "y":
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=whole))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda at, _: _short(at)))


def _days(
    axes: Axes, ticks: Sequence[str], *, shown: bool, most: int = _MOST_TICKS
) -> None:
    """Label some of the days, the last one always."""
    step = -(-len(ticks) // most) or 1
    places = sorted(range(len(ticks) - 1, -1, -step))
    years = len({tick[:4] for tick in ticks}) > 1
    labels = [_day(ticks[place], year=years) for place in places]
    axes.set_xticks(places, labels if shown else [""] * len(places))
    _write_ticks(axes)


def _day(iso: str, *, year: bool) -> str:
    day = date.fromisoformat(iso)
    month = _MONTHS[3 * day.month - 3 : 3 * day.month]
    return f"{day.day} {month} {day.year}" if year else f"{day.day} {month}"


def _short(value: float) -> str:
    """Write a number in the little room that an axis has."""
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if sign == 'k' else size):.4g}{sign}"
    return number(value)


def _write_ticks(axes: Axes) -> None:
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(**_font(8.5))


def _font(size: float, **more: Any) -> dict[str, Any]:
    return {"fontfamily": _FONT, "fontsize": size, "color": _INK, **more}


def _property(size: float) -> font_manager.FontProperties:
    return font_manager.FontProperties(family=_FONT, size=size)


def _top(panel: Panel) -> float:
    every = [value for line in panel.lines for value in line.values]
    return max((value for value in every if value is not None), default=1.0)


def _height(chart: Chart) -> float:
    unit = _HEIGHTS[chart.kind]
    many = {LINES: len(chart.panels), BARS: len(chart.ticks)}.get(chart.kind, 1)
    return unit * many + (1.2 if chart.kind == BARS else 0.35)


def _margins(chart: Chart) -> dict[str, float]:
    """Say where the axes stand, as shares of the picture."""
    height = _height(chart)
    return {
        "left": 0.24 if chart.kind == BARS else 0.075,
        "right": {BARS: 0.93, SMALL: 0.98}.get(chart.kind, 0.80),
        "top": 1 - 0.68 / height,
        "bottom": 0.36 / height,
        "hspace": 0.42,
        "wspace": 0.28,
    }


_DRAWERS: Mapping[str, Callable[[Figure, Chart], None]] = {
    LINES: _lines,
    SMALL: _small,
    STACKED: _stacked,
    BARS: _bars,
}
