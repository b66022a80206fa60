"""Content tree -> Library: pages, cross-checks, translations, skeletons of new files."""
