"""What lesson 00 alone needs; it does without TensorFlow."""
