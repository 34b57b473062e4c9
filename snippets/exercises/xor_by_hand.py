"""XOR of three perceptrons whose weights nobody had to learn."""

import numpy as np

from snippets.perceptron import POINTS, predict

wide, narrow = np.array([2.0, 2.0]), np.array([-2.0, -2.0])
either = predict(POINTS, wide, -1)  # OR
not_both = predict(POINTS, narrow, 3)  # NAND
xor = predict(np.column_stack([either, not_both]), wide, -3)  # AND
for x, *answers in zip(POINTS, either, not_both, xor, strict=True):
    print(x, "OR {:.0f}, NAND {:.0f}, XOR {:.0f}".format(*answers))
