"""What is said of an experiment: outcomes, numbers and sentences, and what the pages are sent."""
