"""What can be done in the window: one table, which menus, palette and the list of shortcuts read."""
