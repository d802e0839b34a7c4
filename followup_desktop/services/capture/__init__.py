"""Making facts of what people type and paste."""
