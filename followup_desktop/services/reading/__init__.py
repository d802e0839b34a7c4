"""What the views show, as plain rows; nothing here writes."""
