import type { Role } from './roles';

/**
 * Glyphs as strokes in a box of 24 × 24, drawn with round caps. Our own drawings; no font, no emoji,
 * so that they look alike everywhere and take any colour.
 */
export const GLYPHS: Record<Role, string> = {
  // A window with a prompt: a program that runs.
  process:
    'M4 6.5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z M8 9.5l2.8 2.5L8 14.5 M13 15h3.2',
  // A drum.
  database:
    'M5 6.5c0-1.7 3.1-3 7-3s7 1.3 7 3-3.1 3-7 3-7-1.3-7-3z M5 6.5v11c0 1.7 3.1 3 7 3s7-1.3 7-3v-11 M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3',
  // Layers with a spark.
  cache: 'M4 15.5l8 4.5 8-4.5 M4 11.5l8 4.5 8-4.5 M12 3l8 4.5-8 4.5-8-4.5z',
  // One way in, several ways on.
  web: 'M4 12h6 M10 12c4 0 3-6 7-6h2 M10 12c4 0 3 6 7 6h2 M10 12h9 M16.8 3.8L19 6l-2.2 2.2 M16.8 9.8L19 12l-2.2 2.2 M16.8 15.8L19 18l-2.2 2.2',
  // Messages in a row.
  queue: 'M3.5 8h4.5v8H3.5z M10 8h4.5v8H10z M16.5 8H21v8h-4.5z',
  shell: 'M5 6.5l6 5.5-6 5.5 M12.5 18h7',
  // A pulse.
  agent: 'M3 12h4l2.5-6.5 4.5 13 2.5-6.5H21',
  // What goes on ships, and two of them; a tag with a name on it.
  container: 'M3.5 6.5h17v11h-17z M8 9.7v4.6 M12 9.7v4.6 M16 9.7v4.6',
  image: 'M7 9h13.5v10H7z M3.5 15.5V6A1 1 0 0 1 4.5 5H17 M11.2 12v4 M16.2 12v4',
  hostname: 'M4 12.4V5.5A1.5 1.5 0 0 1 5.5 4h6.9L20 11.6 11.6 20z M8.2 8.2h.01',
  // A box in space.
  pod: 'M12 3.2l7.6 4.4v8.8L12 20.8l-7.6-4.4V7.6z M12 12l7.6-4.4 M12 12v8.8 M12 12L4.4 7.6',
  // The corners of a box that is not there, and what would be in it.
  uncontained: 'M4 8V4h4 M16 4h4v4 M20 16v4h-4 M8 20H4v-4 M8.5 9.5L11 12l-2.5 2.5 M12.8 14.5h3',
  unmanaged: 'M4 8V4h4 M16 4h4v4 M20 16v4h-4 M8 20H4v-4 M8.5 9h7v6h-7z',
  // Two units in a rack.
  host: 'M4 5.5a1.5 1.5 0 0 1 1.5-1.5h13A1.5 1.5 0 0 1 20 5.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 9.5z M4 14.5A1.5 1.5 0 0 1 5.5 13h13a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5z M7.5 7.5h.01 M7.5 16.5h.01 M11 7.5h5.5 M11 16.5h5.5',
  // The globe.
  internet:
    'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M3.5 12h17 M12 3.5c5 5 5 12 0 17 M12 3.5c-5 5-5 12 0 17',
  // A cloud.
  external: 'M7 18.5h10.2a3.8 3.8 0 0 0 .5-7.6 5.7 5.7 0 0 0-10.9-1.2A4.4 4.4 0 0 0 7 18.5z',
  unknown: 'M8.8 9.2a3.3 3.3 0 1 1 4.9 2.9c-1.1.6-1.7 1.3-1.7 2.6 M12 18h.01',
  // A plug that nobody holds.
  unattributed: 'M9 3.5v4 M15 3.5v4 M6.5 7.5h11v3a5.5 5.5 0 0 1-11 0z M12 16v2 M12 20.5h.01',
};

const paths = new Map<Role, Path2D>();

export function glyphPath(role: Role): Path2D {
  let path = paths.get(role);
  if (!path) {
    path = new Path2D(GLYPHS[role]);
    paths.set(role, path);
  }
  return path;
}
