"""Statistical methods against worked examples, published figures and libraries of statistics."""
