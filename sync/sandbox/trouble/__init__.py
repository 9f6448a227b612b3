"""What makes the sandbox as nasty as the real thing, on request."""
