/** The colours of the map, read from the CSS variables that a shell sets. */
export interface Palette {
  bg: string;
  panel: string;
  raise: string;
  line: string;
  text: string;
  mute: string;
  faint: string;
  accent: string;
  ok: string;
  warn: string;
  bad: string;
  edge: string;
  hull: string;
  hullLine: string;
  hue: Record<Hue, string>;
}

export type Hue = 'work' | 'data' | 'web' | 'queue' | 'host' | 'outside';

const HUES: readonly Hue[] = ['work', 'data', 'web', 'queue', 'host', 'outside'];

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim() || '#888';
  const hue = Object.fromEntries(HUES.map((name) => [name, read(`hue-${name}`)])) as Record<
    Hue,
    string
  >;
  return {
    bg: read('bg'),
    panel: read('panel'),
    raise: read('raise'),
    line: read('line'),
    text: read('text'),
    mute: read('mute'),
    faint: read('faint'),
    accent: read('accent'),
    ok: read('ok'),
    warn: read('warn'),
    bad: read('bad'),
    edge: read('edge'),
    hull: read('hull'),
    hullLine: read('hull-line'),
    hue,
  };
}
