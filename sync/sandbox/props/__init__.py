"""Property configurations, values, filters and sorts. Pure but for lookups."""
