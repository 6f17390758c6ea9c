# Every target is a task of tools/run.py, which needs nothing but Python 3.11 or newer.
PYTHON ?= python3

.DEFAULT_GOAL := demo
.PHONY: demo test bench fuzz shots samples dist lock clean

demo test bench fuzz shots samples dist lock clean:
	@$(PYTHON) tools/run.py $@
