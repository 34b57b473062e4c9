"""What each formula of the site is bound to: a module for each page, named as the page's file."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from ..binding import Binding, BindingError, registered


def all_bindings() -> Mapping[str, Binding]:
    """Return every binding of the modules here, by the label of its formula.

    Raises:
        BindingError: for two bindings of one formula, and for a module that cannot be imported,
            such as one that names a function its snippet no longer has.
    """
    for module in iter_modules(__path__):
        try:
            import_module(f".{module.name}", __name__)
        except (AttributeError, ImportError, SyntaxError) as error:
            path = f"tools/formulas/bindings/{module.name}.py"
            raise BindingError(f"{path}: cannot be imported: {error}.") from error
    return registered()
