"""Many pairs in one run: resumable, one line of JSON a pair, failures are lines too."""
