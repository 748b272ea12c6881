"""The interactive viewer: both texts, what was found in them, and what a person says to that."""
