"""Documents after templates that the office can edit in Word (:mod:`docxtpl`)."""
