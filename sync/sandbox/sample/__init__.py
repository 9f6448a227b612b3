"""An invented world for the demo and the tests. Pure."""
