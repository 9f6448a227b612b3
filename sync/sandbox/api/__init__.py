"""One module per group of endpoints; each handler changes the workspace only."""
