"""Stars: ladders and composites rated over zones and years."""
