"""What follows a class: prices, lists, estimates, effects, candidates."""
