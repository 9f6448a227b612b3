"""Units of time, length, weight, data and power, and how large they are. Pure."""

from collections.abc import Mapping

# Measures: what they measure and how many of its least unit (seconds, months, metres,
# grams, bytes, watts); a month has no fixed number of days.
_HOURS = ("-hours", "-hour", " hours", " hour", "stunden", "stunde")
MEASURES: Mapping[str, tuple[str, float]] = {
    **dict.fromkeys(("millisecond", "milliseconds", "ms", "millisekunden"),
                    ("time", 1e-3)),
    **dict.fromkeys(("second", "seconds", "sec", "sekunde", "sekunden"), ("time", 1.0)),
    **dict.fromkeys(("minute", "minutes", "min", "mins", "minuten"), ("time", 60.0)),
    **dict.fromkeys(("hour", "hours", "hrs", "stunde", "stunden"), ("time", 3600.0)),
    **dict.fromkeys(("day", "days", "tag", "tage", "tagen"), ("time", 86400.0)),
    **dict.fromkeys(("week", "weeks", "woche", "wochen"), ("time", 604800.0)),
    **dict.fromkeys(("month", "months", "monat", "monate", "monaten"), ("months", 1.0)),
    **dict.fromkeys(("year", "years", "jahr", "jahre", "jahren"), ("months", 12.0)),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"),
                    ("metres", 1e3)),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), ("metres", 1.0)),
    **dict.fromkeys(("mile", "miles", "meile", "meilen"), ("metres", 1609.344)),
    **dict.fromkeys(("kg", "kilogram", "kilograms", "kilogramm", "kilo", "kilos"),
                    ("grams", 1e3)),
    **dict.fromkeys(("tonne", "tonnes", "tonnen"), ("grams", 1e6)),
    **dict.fromkeys(("gb", "gigabyte", "gigabytes"), ("bytes", 1e9)),
    **dict.fromkeys(("tb", "terabyte", "terabytes"), ("bytes", 1e12)),
    **dict.fromkeys(("pb", "petabyte", "petabytes"), ("bytes", 1e15)),
    **dict.fromkeys(("mb", "megabyte", "megabytes"), ("bytes", 1e6)),
    **dict.fromkeys(("kb", "kilobyte", "kilobytes"), ("bytes", 1e3)),
    **dict.fromkeys(("nm", "nanometre", "nanometres", "nanometer", "nanometers"),
                    ("metres", 1e-9)),
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeter", "millimeters"),
                    ("metres", 1e-3)),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"),
                    ("metres", 1e-2)),
    **dict.fromkeys(("kw", "kilowatt", "kilowatts"), ("watts", 1e3)),
    **dict.fromkeys(("mw", "megawatt", "megawatts"), ("watts", 1e6)),
    **dict.fromkeys(("gw", "gigawatt", "gigawatts"), ("watts", 1e9)),
    **dict.fromkeys(("hectare", "hectares", "ha", "hektar"), ("acres", 2.4710538)),
    **dict.fromkeys(("acre", "acres"), ("acres", 1.0)),
    **dict.fromkeys(("litre", "litres", "liter", "liters"), ("litres", 1.0)),
    **{
        form: ("watt-hours", times)
        for short, long, times in (
            *(("kwh", "kilowatt", 1e3), ("mwh", "megawatt", 1e6)),
            *(("gwh", "gigawatt", 1e9), ("twh", "terawatt", 1e12)),
        )
        for form in (short, *(f"{long}{mark}" for mark in _HOURS))
    },
}  # fmt: skip
POWER = frozenset(
    word
    for form, (sort, _) in MEASURES.items()
    if sort in {"watts", "watt-hours", "bytes"}
    for word in form.split()
) - {"hour", "hours"}
