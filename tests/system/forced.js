// Called twice: in the usual colours it gives what its ground sets apart, and with that, colours forced, what is lost.
(apart) => {
  const shown = (one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const clear = (colour) => colour === "transparent" || /^rgba.*, 0\)$/.test(colour);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!clear(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const all = (kind) => [...document.querySelectorAll(kind)];
  const told = (one) => one.outerHTML.slice(0, 140);

  /** Bars, buttons, fields, tags, cards: all that lies on a ground of its own. */
  const setApart = () =>
    all("body *").filter(
      (one) =>
        !one.closest("svg, .nhsuk-skip-link, [aria-disabled=true]") &&
        shown(one) &&
        ground(one) !== ground(one.parentElement),
    );

  const parts = (one) => [null, "::before", "::after"].map((part) => getComputedStyle(one, part));
  const around = (one) => [one, one.nextElementSibling, ...one.children].filter(Boolean);
  const drawn = (style, name, behind) => {
    const colour = style[`${name}Color`];
    const is = parseFloat(style[`${name}Width`]) > 0 && style[`${name}Style`] !== "none";
    return is && !clear(colour) && colour !== behind && style[`${name}Width`];
  };
  const lines = (style, behind) =>
    ["Top", "Right", "Bottom", "Left"].map((side) => drawn(style, `border${side}`, behind));
  const ringed = (style) => drawn(style, "outline", "");

  /** What can still be told: grounds and shadows are gone; lines, the weight of letters and what is written are not. */
  const dress = (one) =>
    around(one)
      .flatMap((each) =>
        parts(each).map((style) => [
          lines(style, ground(one.parentElement)),
          ringed(style),
          style.fontWeight,
          style.textDecorationLine,
          style.content,
          style.display,
          style.opacity,
        ]),
      )
      .join();

  const unlined = () =>
    apart
      .filter((one) => {
        const style = getComputedStyle(one);
        const lined = lines(style, ground(one.parentElement)).some(Boolean) || ringed(style);
        return one.isConnected && style.forcedColorAdjust !== "none" && !lined;
      })
      .map((one) => `no line about ${told(one)}`);

  /** A state of a control that looks no other without it. */
  const states = () =>
    ["aria-current", "aria-pressed", "aria-selected", "aria-checked", "aria-disabled"].flatMap((name) =>
      all(`:is(a, button, [role])[${name}]:not([${name}=false])`)
        .filter((one) => {
          const [value, worn] = [one.getAttribute(name), dress(one)];
          one.removeAttribute(name);
          const same = dress(one) === worn;
          one.setAttribute(name, value);
          return shown(one) && same;
        })
        .map((one) => `${name} is told by colour alone in ${told(one)}`),
    );

  /** Of fields that the browser draws itself nothing is lost. */
  const ticks = () =>
    all("input:checked")
      .filter((one) => {
        const worn = dress(one);
        one.checked = false;
        const same = dress(one) === worn;
        one.checked = true;
        return getComputedStyle(one).opacity === "0" && shown(one.parentElement) && same;
      })
      .map((one) => `checked is told by colour alone in ${told(one.parentElement)}`);

  /** Relative luminance, after WCAG 2.2. */
  const luminance = (colour) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.match(/[\d.]+/g).map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const painted = (shape, behind) => {
    const { fill, stroke } = getComputedStyle(shape);
    return [fill, stroke].some((ink) => ink.startsWith("rgb") && !clear(ink) && contrast(ink, behind) >= 3);
  };
  const drawings = () =>
    all("svg")
      .filter((one) => shown(one) && getComputedStyle(one).forcedColorAdjust !== "none")
      .filter((one) => {
        const shapes = [...one.querySelectorAll("path, line, polyline, polygon, circle, ellipse, rect, text")];
        const framed = lines(getComputedStyle(one), ground(one.parentElement)).some(Boolean);
        return shapes.length > 0 && !framed && !shapes.some((shape) => painted(shape, ground(one)));
      })
      .map((one) => `nothing to be seen of ${told(one)}`);

  const ring = () => {
    const one = document.activeElement;
    const wants = one !== document.body && one.tabIndex >= 0 && one.matches(":focus-visible");
    return wants && !around(one).some((each) => parts(each).some(ringed)) ? [`no ring about ${told(one)}`] : [];
  };

  const movements = () => {
    const running = document.getAnimations().filter((each) => each.playState === "running");
    const kinds = new Map(all("body *").map((one) => [one.tagName + one.getAttribute("class"), one]));
    const slow = [...kinds.values()].filter((one) => parts(one).some((style) => /[1-9]/.test(style.transitionDuration)));
    return [...running.map((each) => each.effect.target), ...slow].map((one) => `moves all the same: ${told(one)}`);
  };

  if (!apart) return setApart();
  return [unlined, states, ticks, drawings, ring, movements].flatMap((look) => look().slice(0, 3));
}
