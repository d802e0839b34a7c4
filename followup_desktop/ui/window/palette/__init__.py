"""The palette: every command, application, person and setting, found by a few letters."""
