"""How far the smallest fits of each degree end from the wave, by the median."""

import numpy as np
from numpy.polynomial.legendre import legvander

inputs, x = np.linspace(-1, 1, 10), np.linspace(-1, 1, 401)
for degree in (3, 9, 11, 30):
    features, grid = legvander(inputs, degree), legvander(x, degree)
    squares = []
    for seed in range(100):
        noise = np.random.RandomState(seed).normal(scale=0.3, size=10)
        w = np.linalg.lstsq(features, np.sin(3 * inputs) + noise)[0]
        squares.append(np.mean((grid @ w - np.sin(3 * x)) ** 2))
    print(f"degree {degree:2}: {np.median(squares):.2f}")
