"""Tasks that several lessons train on: twin comments, the adding problem."""
