"""The main window and what belongs to it alone: menus, sidebar, palette, tray, guide, dialogs."""
