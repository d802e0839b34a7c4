"""Fields and forms: what the user types, checked where it is typed and kept when it is refused."""
