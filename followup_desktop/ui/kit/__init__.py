"""What every view is built from: theme, fields, forms, lists, models and widgets; no view is known here."""
