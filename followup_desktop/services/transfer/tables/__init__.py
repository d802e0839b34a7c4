"""Tables of applications or people, from whatever program: what their columns, words and dates mean."""
