"""What follows from texts and metadata alone: pure functions, with no disk, key or network."""
