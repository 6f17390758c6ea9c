"""Which packages there are and where they lie; everything else is in pyproject.toml.

pyproject can either find packages or name them, not both; `sample_data/` travels as the
package `zoneeval_samples`, beside what is found under the three roots.
"""

from __future__ import annotations

from setuptools import find_namespace_packages, setup

packages = ["zoneeval_samples"]
package_dir = {"zoneeval_samples": "sample_data"}
for root in (".", "db", "ui"):
    found = find_namespace_packages(
        root, include=["zoneeval", "zoneeval.*", "zoneeval_*"], exclude=["*.__pycache__"]
    )
    packages += found
    for package in found:
        if "." not in package:
            package_dir[package] = package if root == "." else f"{root}/{package}"

setup(packages=packages, package_dir=package_dir)
