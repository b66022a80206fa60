"""Who is drawn, how joints turn, and how a pose is solved."""
