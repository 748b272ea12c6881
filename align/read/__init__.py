"""Bytes to records. Nothing here opens a file: the command does."""
