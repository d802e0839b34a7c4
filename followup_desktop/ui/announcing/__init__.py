"""What the user decides on reminders in general: pausing, keeping them private; the bars about them."""
