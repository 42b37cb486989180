"""Write grid.css: the agenda's rows and columns as classes, since the content policy blocks style attributes."""

from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/hemicycle/kit/static/kit/grid.css"


def main() -> None:
    """Write the file."""
    rules = [f".r-{n}{{--r:{n}}}" for n in range(1, 61)]
    rules += [f".e-{n}{{--e:{n}}}" for n in range(2, 62)]
    rules += [f".c-{n}{{--col:{n}}}" for n in range(2, 14)]
    rules += [f".w-{n}{{--w:{n}}}" for n in range(1, 13)]
    rules += [f".cols-{n}{{--cols:{n}}}" for n in range(1, 13)]
    rules += [f".pc-{n}{{--pc:{n}%}}" for n in range(101)]
    TARGET.write_text("".join(rules) + "\n")


if __name__ == "__main__":
    main()
