/** A needle that shows one of the eight winds, north up; the words beside it say the same. */

import { type Wind, WINDS } from "../../logic/bearing.ts";

export function Compass({ wind }: { readonly wind: Wind }) {
  return (
    <svg class="kith-compass" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
      <circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M24 3v5M24 40v5M3 24h5M40 24h5" stroke="currentColor" stroke-width="2" />
      <path d="M24 8l8 28-8-6-8 6z" fill="currentColor" transform={`rotate(${WINDS.indexOf(wind) * 45} 24 24)`} />
    </svg>
  );
}
