"""What is left of a screen for somebody who forces their own colours on every page and wants nothing to move."""

from playwright.sync_api import Page

#: Shared by both looks: what can be seen, on which ground it lies, and which lines are drawn about it.
_EYES = """
const shown = (one) => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && one.checkVisibility({opacityProperty: true, visibilityProperty: true});
};
const clear = (colour) => colour === "transparent" || /^rgba.*, 0\\)$/.test(colour);
const ground = (one) => {
  for (let at = one; at; at = at.parentElement) {
    const {backgroundColor} = getComputedStyle(at);
    if (!clear(backgroundColor)) return backgroundColor;
  }
  return "rgb(255, 255, 255)";
};
const told = (one) => one.outerHTML.slice(0, 140);
"""
#: All that its ground sets apart from what lies behind it: bars, buttons, fields, tags, cards, bars of a chart.
_APART = f"""() => {{ {_EYES}
  return [...document.querySelectorAll("body *")].filter((one) =>
    !one.closest("svg, .nhsuk-skip-link, [aria-disabled=true]") && shown(one) && ground(one) !== ground(one.parentElement));
}}"""
#: Grounds and shadows are gone; lines, the weight of letters, what is underlined or written are not.
_LEFT = f"""(apart) => {{ {_EYES}
  const found = [];
  const parts = (one) => [null, "::before", "::after"].map((part) => getComputedStyle(one, part));
  const line = (style, width, kind, colour, behind) =>
    parseFloat(style[width]) > 0 && style[kind] !== "none" && !clear(style[colour]) && style[colour] !== behind;
  const lines = (style, behind) => ["Top", "Right", "Bottom", "Left"].map((side) =>
    line(style, `border${{side}}Width`, `border${{side}}Style`, `border${{side}}Color`, behind) && style[`border${{side}}Width`]);
  const outlined = (style) => line(style, "outlineWidth", "outlineStyle", "outlineColor", "");
  const around = (one) => [one, one.nextElementSibling, ...one.children].filter(Boolean);
  const dress = (one) => around(one).flatMap((each) => parts(each).map((style) => [
    lines(style, ground(one.parentElement)), outlined(style), style.fontWeight, style.textDecorationLine,
    style.content, style.display, style.opacity,
  ])).join();

  for (const one of apart) {{
    const style = getComputedStyle(one);
    if (!one.isConnected || style.forcedColorAdjust === "none") continue;
    if (!lines(style, ground(one.parentElement)).some(Boolean) && !outlined(style)) found.push(`no line about ${{told(one)}}`);
  }}

  const states = ["aria-current", "aria-pressed", "aria-selected", "aria-checked", "aria-disabled"];
  for (const name of states) for (const one of document.querySelectorAll(`:is(a, button, [role])[${{name}}]:not([${{name}}=false])`)) {{
    if (!shown(one)) continue;
    const [value, worn] = [one.getAttribute(name), dress(one)];
    one.removeAttribute(name);
    if (dress(one) === worn) found.push(`${{name}} is told by colour alone in ${{told(one)}}`);
    one.setAttribute(name, value);
  }}
  for (const one of document.querySelectorAll("input:checked")) {{
    if (getComputedStyle(one).opacity !== "0" || !shown(one.parentElement)) continue; // the browser draws its own
    const worn = dress(one);
    one.checked = false;
    if (dress(one) === worn) found.push(`checked is told by colour alone in ${{told(one.parentElement)}}`);
    one.checked = true;
  }}

  const light = (colour) => {{
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }};
  const contrast = (one, other) => {{
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }};
  const painted = (shape, behind) => {{
    const style = getComputedStyle(shape);
    return [style.fill, style.stroke].some((ink) => /^rgb/.test(ink) && !clear(ink) && contrast(ink, behind) >= 3);
  }};
  for (const drawing of document.querySelectorAll("svg")) {{
    if (!shown(drawing) || getComputedStyle(drawing).forcedColorAdjust === "none") continue;
    const shapes = [...drawing.querySelectorAll("path, line, polyline, polygon, circle, ellipse, rect, text")];
    const behind = ground(drawing);
    if (shapes.length > 0 && !shapes.some((shape) => painted(shape, behind))) found.push(`nothing to be seen of ${{told(drawing)}}`);
  }}

  const focused = document.activeElement;
  if (focused.tabIndex >= 0 && focused !== document.body && focused.matches(":focus-visible")) {{
    if (!around(focused).some((each) => parts(each).some(outlined))) found.push(`no ring about ${{told(focused)}}`);
  }}

  const moves = document.getAnimations().filter((each) => each.playState === "running").map((each) => each.effect.target);
  const kinds = new Map([...document.querySelectorAll("body *")].map((one) => [one.tagName + one.getAttribute("class"), one]));
  moves.push(...[...kinds.values()].filter((one) => parts(one).some((style) => /[1-9]/.test(style.transitionDuration))));
  return [...found, ...moves.map((one) => `moves all the same: ${{told(one)}}`)].slice(0, 5);
}}"""


def what_is_lost(page: Page) -> list[str]:
    """Say what of the page is told by a colour alone once colours are forced, and what moves though nothing should.

    The page stays so: light on dark, colours forced, movement unwanted.
    """
    apart = page.evaluate_handle(_APART)
    page.emulate_media(color_scheme="dark", forced_colors="active", reduced_motion="reduce")
    found: list[str] = page.evaluate(_LEFT, apart)
    apart.dispose()
    return found
