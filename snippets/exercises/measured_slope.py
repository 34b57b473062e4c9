"""Two derivatives, and the slope that can be measured."""

from snippets.one_weight import error, error_derivative

x, y, h = 2.0, 0.8, 1e-5
print("weight  measured  ours     somebody's")
for weight in (0.5, 0.4, -1.0):
    rise = error(weight + h, x, y) - error(weight - h, x, y)
    ours, other = error_derivative(weight, x, y), weight * x - y
    print(f"{weight:6}  {rise / (2 * h):8.4f}  {ours:7.4f}  {other:7.4f}")
