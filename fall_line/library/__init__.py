"""What a notebook or a script uses: descents by one call, of surfaces and methods of one's own too."""
