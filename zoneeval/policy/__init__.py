"""Rules as data: policies, star ladders and tariffs, read from dated, cited files."""
