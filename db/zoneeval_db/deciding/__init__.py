"""From trial to publication: publicity, objections, overrides, holidays."""
