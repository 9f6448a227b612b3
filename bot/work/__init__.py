"""Several processes on one store: a queue of tasks, workers, one publisher."""
