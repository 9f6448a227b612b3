"""What personal data and secrets look like in text. Pure."""
