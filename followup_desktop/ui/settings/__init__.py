"""The view Settings: the rules' settings with a preview of what they move, the program's own."""
