"""The workspace the sandbox keeps: records, lookups, the file."""
