"""The file itself: tables, all changing verbs, questions; no pages."""
