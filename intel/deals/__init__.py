"""The parts of reading a funding announcement: marks, roles, owners, moods. Pure."""
