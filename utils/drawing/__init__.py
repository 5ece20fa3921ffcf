"""The drawing kit: cards, arrows and letters of figures and widgets."""
