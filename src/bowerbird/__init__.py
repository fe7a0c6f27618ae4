"""Bowerbird: self-hosted multimodal search and recommendation for shops."""

import os

__version__ = "0.1.0"

# One thread an operation and parallel over requests: on the cores of a shop's machine two threads in one product of
# matrices cost more than they save. Numpy reads this when it is first imported; whoever set it otherwise is heeded.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
