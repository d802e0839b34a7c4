"""The view Trash: what was deleted, with the way back, and the way out for good."""
