"""The Insights view: how the search goes, in pictures with a table behind each."""
