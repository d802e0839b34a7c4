"""Writing to an employer: drafts, call scripts, templates."""
