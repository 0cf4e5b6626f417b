"""What a reader chooses: experiments, their links and files, those that are published."""
