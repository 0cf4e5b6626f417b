"""Dash pieces that pages share."""
