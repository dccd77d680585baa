"""The supervisor's window: figures per unit with the cases behind them, exports and the journal; read only."""
