"""One example's cross-entropy at a large logit, typed in two ways."""

import numpy as np

y, z = 1.0, 40.0
p = 1 / (1 + np.exp(-z))
print("p is 1:", p == 1)
with np.errstate(divide="ignore", invalid="ignore"):  # the warnings
    print("by p:  ", -(y * np.log(p) + (1 - y) * np.log(1 - p)))
print("by z:  ", np.logaddexp(0, z) - y * z)
