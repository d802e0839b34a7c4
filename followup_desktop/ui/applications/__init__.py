"""The Applications view: the table, and beside it the detail that is edited in place."""
