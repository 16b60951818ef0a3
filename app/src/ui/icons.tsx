/** Line drawings of the tabs; beside words always, so hidden from screen readers. */

const PATHS: { readonly [name: string]: string } = {
  home: "M4 11 12 4l8 7v9h-5v-6h-6v6H4z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c0-3.5 2.5-6 6-6s6 2.5 6 6zm13-9a3 3 0 1 0-1-5.8M17 14c2.600.5 4 2.800 4 6h-3",
  tasks: "M5 4h14v16H5zm3.500 8 2.500 2.500L15.500 10",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c0-4 3.500-7 8-7s8 3 8 7z",
  more: "M5 7h14M5 12h14M5 17h14",
  bank: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-14v5l3.500 2",
  doorstep: "M6 21V4h12v17M3 21h18M14 12.500h.010",
  box: "M4 8 12 4l8 4v9l-8 4-8-4zm0 0 8 4 8-4m-8 4v9",
  call: "M6 3h4l1.500 5-2.500 1.500a12 12 0 0 0 5.500 5.500L16 12.500l5 1.500v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  directory: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zm3 5h8m-8 4h8",
  calendar: "M4 6h16v14H4zm0 5h16M8 3v4m8-4v4",
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
      <path fill="currentColor" d="M61.800 210A214 214 0 0 1 450.200 210H423.300A190 190 0 0 0 88.700 210Z" />
      <circle fill="currentColor" cx="180" cy="226" r="50" />
      <circle fill="#ffb81c" cx="332" cy="226" r="50" />
      <path fill="#ffb81c" d="M236 400a96 96 0 0 1 192 0Z" />
      <path fill="currentColor" d="M84 400a96 96 0 0 1 192 0Z" />
    </svg>
  );
}
