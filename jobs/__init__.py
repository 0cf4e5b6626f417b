"""Drawings that take seconds are jobs: the app submits them, workers draw them, and a folder says how they stand."""

from jobs.folder import State, UnknownJob
from jobs.submission import cancel, file, state, submit

__all__ = ["State", "UnknownJob", "cancel", "file", "state", "submit"]
