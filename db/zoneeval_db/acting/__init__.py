"""What follows a class: measures, lists, exits, assets, effects, documents."""
