"""The bot's side of Notion: mirrors what people write, shows what the bot wants."""
