"""Drawings that take seconds are jobs: the app submits them, workers draw them, and a folder says how they stand."""

from fall_line.jobs.folder import State, UnknownJob
from fall_line.jobs.submission import cancel, file, state, submit

__all__ = ["State", "UnknownJob", "cancel", "file", "state", "submit"]
