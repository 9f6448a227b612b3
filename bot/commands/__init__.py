"""What the commands of `cip` do, one module each; imported when asked for."""
