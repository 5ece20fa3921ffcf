"""The drawings of the course, and in ``draw`` the code behind them."""
