"""A row of three pixels, a kernel of two weights, and what comes back."""

import numpy as np

from snippets.convolution import convolution_gradients

row = np.zeros((2, 3, 1))  # two rows, since kernels are square
w = np.array([[5.0, 7.0], [0.0, 0.0]]).reshape(2, 2, 1, 1)
delta = np.array([10.0, 1000.0]).reshape(1, 2, 1)
dx, _, _ = convolution_gradients(delta, row, w)
print("dE/dx:", dx[0, :, 0])
print("w2 delta1 + w1 delta2:", 7 * 10 + 5 * 1000)
