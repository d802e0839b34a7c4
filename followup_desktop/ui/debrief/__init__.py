"""The debrief of an interview day."""
