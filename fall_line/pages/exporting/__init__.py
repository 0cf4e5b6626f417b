"""Files on request: previews, files made at once, and jobs for those that take longer."""
