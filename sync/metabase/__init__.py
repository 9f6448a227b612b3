"""Sets Metabase up with questions and a dashboard over the store's views."""
