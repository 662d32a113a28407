"""A tenant's colours: as a stylesheet for pages, and worked out for mail, whose programs know neither oklch() nor
custom properties. Lightness is fixed, so that every hue keeps its contrast."""

import hashlib
from decimal import Decimal
from functools import lru_cache
from math import cos, radians, sin


def brand_css(hue: int, chroma: Decimal) -> str:
    """Accent colours of one hue (degrees, OKLCH) for light and dark."""
    strong = min(float(chroma), 0.12)
    soft = min(strong, 0.075)

    def both(light: tuple[float, float], dark: tuple[float, float]) -> str:
        return f"light-dark(oklch({light[0]} {light[1]:.3f} {hue}), oklch({dark[0]} {dark[1]:.3f} {hue}))"

    colours = {
        "--accent": both((0.45, strong), (0.79, soft)),
        "--accent-fill": both((0.45, strong), (0.76, soft * 0.93)),
        "--accent-press": both((0.38, strong), (0.84, soft * 0.8)),
        "--accent-soft": both((0.932, strong * 0.15), (0.288, strong * 0.17)),
        "--accent-line": both((0.748, strong * 0.53), (0.485, strong * 0.48)),
    }
    return ":root{" + "".join(f"{name}:{value};" for name, value in colours.items()) + "}\n"


@lru_cache(maxsize=1024)
def brand_version(hue: int, chroma: Decimal) -> str:
    """A word that is another one as soon as the stylesheet is: in its address it lets browsers keep it for good."""
    return hashlib.sha256(brand_css(hue, chroma).encode()).hexdigest()[:10]


@lru_cache(maxsize=256)
def brand_colours(hue: int, chroma: float) -> dict[str, str]:
    """The brand in light and in dark, as the pages have it (tokens.css); text on it keeps at least 4.5:1."""
    return {
        "fill": hex_of(0.45, chroma, hue),
        "on_fill": "#ffffff",
        "dark_fill": hex_of(0.79, min(chroma, 0.075), hue),
        "dark_on_fill": "#1a1512",
    }


def hex_of(lightness: float, chroma: float, hue: float) -> str:
    """oklch as #rrggbb; a chroma that sRGB does not have is lowered until it does."""
    while True:
        channels = _linear(lightness, chroma, hue)
        if chroma <= 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            return "#" + "".join(f"{_byte(channel):02x}" for channel in channels)
        chroma = max(0.0, chroma - 0.004)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """oklch → linear sRGB (Björn Ottosson's matrices, as CSS Color 4 has them)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _byte(channel: float) -> int:
    clipped = min(1.0, max(0.0, channel))
    curved = 12.92 * clipped if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
    return round(curved * 255)
