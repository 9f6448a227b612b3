"""Word lists that the understanding of news leans on, English and German. Pure."""
