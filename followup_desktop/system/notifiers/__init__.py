"""The ways to show a notification, and the chain that tries them in turn."""
