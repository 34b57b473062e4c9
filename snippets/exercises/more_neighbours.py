"""The mean of the k nearest neighbours, and its error on rides not seen."""

import numpy as np

from snippets.parametric import mean_squared_error, rides

kept_x, kept_y = rides(3000, seed=3)
x, y = rides(1000, seed=4)
order = np.abs(x[:, np.newaxis] - kept_x).argsort(axis=1)  # the nearest first
for k in (1, 5, 20, 2000):
    prediction = kept_y[order[:, :k]].mean(axis=1)
    print(f"k = {k:4}: {mean_squared_error(prediction, y):5.2f}")
