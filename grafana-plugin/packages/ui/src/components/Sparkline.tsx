import type { Point } from '../api/types';

const WIDTH = 140;
const HEIGHT = 28;

/** A line without axes: how it went lately. Gaps stay gaps. */
export function Sparkline({ points, limit }: { points: Point[]; limit?: number | null }) {
  const known = points.filter((point): point is [string, number] => point[1] !== null);
  if (known.length < 2) return <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} />;
  const times = points.map(([time]) => Date.parse(time));
  const from = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - from);
  const top = Math.max(...known.map(([, value]) => value), limit ?? 0, 1e-9) * 1.15;
  let line = '';
  let pen = false;
  points.forEach(([, value], i) => {
    if (value === null) {
      pen = false;
      return;
    }
    const x = (((times[i] ?? from) - from) / span) * WIDTH;
    const y = HEIGHT - 2 - (value / top) * (HEIGHT - 4);
    line += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = true;
  });
  const whole = known.length === points.length;
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {whole && <path className="spark-area" d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />}
      <path className="spark-line" d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
