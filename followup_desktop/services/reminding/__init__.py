"""What is announced and when: the announcer, its log, pauses, and the calendar for the phone."""
