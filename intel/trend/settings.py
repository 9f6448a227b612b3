"""What counts as a drop, as growth, as late, and how much data it takes. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrendSettings:
    """`[intel.trend]`: thresholds of the usage trend.

    `drop` and `growth` are shares of the baseline; a change must also stand out of
    the series' own noise by `sigmas` standard errors. `holidays` are days as
    2026-11-26 or, every year, as 12-25. Counts are days for daily series and readings
    for weekly or longer ones. A reading is late once it is `late_share` of a period,
    and at least `late_days`, overdue. `gap_share` of the recent days without a
    reading makes them missing data.
    """

    drop: float = 0.2
    growth: float = 0.2
    sigmas: float = 3.0
    recent_days: int = 14
    baseline_days: int = 56
    least_baseline_days: int = 21
    least_baseline_readings: int = 4
    late_days: int = 2
    late_share: float = 0.25
    gap_share: float = 0.3
    holidays: tuple[str, ...] = ("12-24", "12-25", "12-26", "12-31", "01-01")
    shared_orgs: int = 5
    shared_share: float = 0.5

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        for name in ("drop", "gap_share", "shared_share"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} is a share, above 0 and at most 1")
        for name in ("recent_days", "least_baseline_days", "least_baseline_readings"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if self.baseline_days < self.least_baseline_days:
            raise ValueError("baseline_days must not be less than least_baseline_days")
