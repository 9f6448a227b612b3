"""`python -m bot` is the same as `cip`."""

from bot.cli import main

main()
