// The language, the size of the text and the colours that somebody chose on this phone, on the page before anything is
// drawn. They are no secret and outlive a wipe, so they lie in plain sight; src/logic/look.ts writes them.
globalThis.kithLook = function () {
  let chosen = null;
  try {
    chosen = JSON.parse(localStorage.getItem("kith-look"));
  } catch {
    // What cannot be read is as if nothing had been chosen.
  }
  const { language, size, colours } = chosen ?? {};
  const speaksPolish = String(language ?? navigator.languages?.[0]).startsWith("pl");
  const isMirrored = language === "en-XB";
  const { dataset } = Object.assign(document.documentElement, {
    lang: speaksPolish ? "pl" : "en-GB",
    dir: isMirrored ? "rtl" : "ltr",
  });
  dataset.language = speaksPolish ? "pl" : isMirrored ? "en-XB" : "en";
  dataset.size = ["125", "150", "200"].includes(size) ? size : "100";
  dataset.colours = ["light", "dark"].includes(colours) ? colours : "phone";
};
globalThis.kithLook();
