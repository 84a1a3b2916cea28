"""Foreign records become cases: the mapping file, reading files, judging rows. No SQL and no screen in here."""
