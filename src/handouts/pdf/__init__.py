"""HTML text -> PDF bytes, or one HTML file for a screen; knows nothing of patients or exercises."""
