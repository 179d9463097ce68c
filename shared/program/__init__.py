"""Reference facts of the QIO Program that more than one service needs."""
