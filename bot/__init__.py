"""Decides when: commands, settings, jobs and the scheduler."""
