"""Opens the libraries that come with extras, late: they are large, and may be missing.

Touches: the environment of this process, which is where dlt takes its orders from.
"""

import importlib
import os
from types import ModuleType

from sync.export.errors import NoExtra

# dlt reads these when it is imported, and would else report each run to its makers.
_ORDERS = {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "CRITICAL"}


def dlt() -> ModuleType:
    """The library that loads tables, told to be silent; raises NoExtra."""
    os.environ.update(_ORDERS)
    return _module("dlt", "export")


def arrow() -> ModuleType:
    """The library of typed tables; raises NoExtra."""
    return _module("pyarrow", "export")


def gspread() -> ModuleType:
    """The library that writes Google Sheets; raises NoExtra."""
    return _module("gspread", "sheets")


def google_auth() -> ModuleType:
    """What can go wrong with a service account; raises NoExtra."""
    return _module("google.auth.exceptions", "sheets")


def _module(name: str, extra: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise NoExtra(extra, name) from error
