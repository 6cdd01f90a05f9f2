"""The migrations of the facts."""
