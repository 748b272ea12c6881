"""The reviewers' desk: web pages and an API on which people decide what the checks found."""
