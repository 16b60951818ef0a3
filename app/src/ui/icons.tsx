/** Line drawings of the tabs; beside words always, so hidden from screen readers. */

const PATHS: { readonly [name: string]: string } = {
  home: "M4 11 12 4l8 7v9h-5v-6h-6v6H4z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c0-3.5 2.5-6 6-6s6 2.5 6 6zm13-9a3 3 0 1 0-1-5.8M17 14c2.600.5 4 2.800 4 6h-3",
  tasks: "M5 4h14v16H5zm3.500 8 2.500 2.500L15.500 10",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c0-4 3.500-7 8-7s8 3 8 7z",
  sync: "M5 10a7 7 0 0 1 12.500-3L20 9.500M20 4v5.500h-5.500M19 14a7 7 0 0 1-12.500 3L4 14.500M4 20v-5.500h5.500",
};

export function Icon({ name }: { readonly name: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name] ?? ""} fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round" />
    </svg>
  );
}

/** The mark of the app: two people under one arc. */
export function Mark() {
  return (
    <svg viewBox="0 0 512 512" aria-hidden="true" focusable="false">
      <path fill="#fff" d="M61.800 210A214 214 0 0 1 450.200 210H423.300A190 190 0 0 0 88.700 210Z" />
      <circle fill="#fff" cx="180" cy="226" r="50" />
      <circle fill="#ffb81c" cx="332" cy="226" r="50" />
      <path fill="#ffb81c" d="M236 400a96 96 0 0 1 192 0Z" />
      <path fill="#fff" d="M84 400a96 96 0 0 1 192 0Z" />
    </svg>
  );
}
