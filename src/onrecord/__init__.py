"""On Record."""
