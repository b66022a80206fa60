"""Library -> the pages of the public site, their search, filters and metadata; a preview of it. Never given a patient."""
