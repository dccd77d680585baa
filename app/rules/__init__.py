"""The law and the published formulas, read aloud: pure, standard library only."""
