/** Numbers as people read them. Every function answers '–' for what is not known. */

const NONE = '–';

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 1000 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(scaled) : short(scaled)} ${units[unit]}`;
}

export function bytesPerSecond(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : `${bytes(value)}/s`;
}

/** A rate without its unit: 0, 0.02, 1.4, 118, 12k. */
export function rate(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (value === 0) return '0';
  if (value < 0.01) return '<0.01';
  return count(value < 1 ? Number(value.toPrecision(2)) : value);
}

/** A rate of what should not be, with a mark when there is some. */
export function trouble(value: number | null | undefined): string {
  return value ? `▲ ${rate(value)}` : rate(value);
}

/** Seconds, by the unit that fits. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return NONE;
  if (seconds < 0.001) return `${short(seconds * 1e6)} µs`;
  if (seconds < 1) return `${short(seconds * 1e3)} ms`;
  if (seconds < 120) return `${short(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

export function cores(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (value === 0) return '0 cores';
  if (value < 0.01) return '<0.01 cores';
  if (value < 1) return `${value.toFixed(2)} cores`;
  return `${short(value)} ${value === 1 ? 'core' : 'cores'}`;
}

/** A whole or large number: 812, 1.2k, 3.4M. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const size = Math.abs(value);
  if (size >= 999_500_000) return `${short(value / 1e9)}G`;
  if (size >= 999_500) return `${short(value / 1e6)}M`;
  if (size >= 9999.5) return `${short(value / 1e3)}k`;
  return size >= 1000 ? String(Math.round(value)) : short(value);
}

/** A measurement by its unit as OpenTelemetry writes it. */
export function measured(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return NONE;
  switch (unit) {
    case '{cpu}':
      return cores(value);
    case 'By':
      return bytes(value);
    case 'By/s':
      return bytesPerSecond(value);
    case 's':
      return duration(value);
    case '1':
      return `${short(value * 100)} %`;
    default:
      return unit === '' || unit.startsWith('{')
        ? `${rate(value)}${unit.endsWith('/s') ? '/s' : ''}`
        : `${rate(value)} ${unit}`;
  }
}

/** A server's port; 0 stands for one that nobody saw. */
export function port(number: number): string {
  return number === 0 ? NONE : String(number);
}

/** A few of a server's ports: `:80 :443`, and how many more. */
export function ports(numbers: readonly number[]): string {
  const all = numbers.filter((number) => number !== 0);
  const shown = all.slice(0, 6).map((port) => `:${port}`);
  if (all.length > shown.length) shown.push(`+${all.length - shown.length}`);
  return shown.join(' ');
}

/** The first two of them, and how many more. */
export function some(texts: readonly string[]): string {
  const shown = texts.slice(0, 2).join(', ');
  return texts.length > 2 ? `${shown} +${texts.length - 2}` : shown;
}

/** How long ago, for the live state: 0.4 s ago, 12 s ago, 3 min ago. */
export function ago(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s ago`;
  if (seconds < 120) return `${Math.round(seconds)} s ago`;
  return `${duration(seconds)} ago`;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** An attribute's value; a time as on this machine's clock, and how long ago that was. */
export function attribute(value: string, now: number = Date.now()): string {
  if (!INSTANT.test(value)) return value;
  const date = new Date(value);
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  return `${day}, ${clock(value)} (${ago(now - date.getTime())})`;
}

export function clock(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? NONE : date.toLocaleTimeString('en-GB');
}

/** Three significant digits, without trailing zeros. */
function short(value: number): string {
  return String(Number(value.toPrecision(value >= 100 ? 3 : 2)));
}
