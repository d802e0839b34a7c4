"""The calendar: weeks, months and days of interviews and follow-ups."""
