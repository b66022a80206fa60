"""Personal physiotherapy handouts and a patient-education site, from one tree of text files."""
