"""What a page in a file of its own is made of."""
