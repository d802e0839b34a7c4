"""The user's own reminders: the form in which they are written and changed."""
