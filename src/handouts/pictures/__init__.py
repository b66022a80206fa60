"""Which drawings, codes and logo a sheet or a page of the site shows."""
