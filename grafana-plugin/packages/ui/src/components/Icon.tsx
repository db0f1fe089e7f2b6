const PATHS = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.5 15.5L20 20',
  close: 'M6 6l12 12 M18 6L6 18',
  plus: 'M12 5v14 M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V5a1 1 0 0 1 1-1h4 M15 4h4a1 1 0 0 1 1 1v4 M20 15v4a1 1 0 0 1-1 1h-4 M9 20H5a1 1 0 0 1-1-1v-4',
  tidy: 'M3.5 9.5h5v5h-5z M15.5 4h5v5h-5z M15.5 15h5v5h-5z M8.5 12h3.5 M12 6.5h3.5 M12 17.5h3.5 M12 6.5v11',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2.5v2 M12 19.5v2 M2.5 12h2 M19.5 12h2 M5.3 5.3l1.4 1.4 M17.3 17.3l1.4 1.4 M5.3 18.7l1.4-1.4 M17.3 6.7l1.4-1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  system: 'M4 5.5h16v10.5H4z M9 20h6 M12 16v4',
  pause: 'M8.5 5.5v13 M15.5 5.5v13',
  play: 'M7.5 5l11 7-11 7z',
  menu: 'M4 7h16 M4 12h16 M4 17h16',
  copy: 'M9 9h11v11H9z M5 15H4V4h11v1',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warn: 'M12 4l9 16H3z M12 10v4.5 M12 17.3h.01',
  map: 'M3.5 9.5h5v5h-5z M15.5 4h5v5h-5z M15.5 15h5v5h-5z M8.5 12l7-5 M8.5 12l7 5',
  table: 'M4 5h16v14H4z M4 10h16 M4 14.5h16 M10 5v14',
  chevron: 'M7 10l5 5 5-5',
  help: 'M8.8 9.2a3.3 3.3 0 1 1 4.9 2.9c-1.1.6-1.7 1.3-1.7 2.6 M12 18h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
