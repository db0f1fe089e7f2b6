/** How much of a name's end stays, whatever the room. */
const TAIL = 7;

/** A name that, where there is no room for it, loses its middle: ends tell names apart. */
export function Name({ text }: { text: string }) {
  if (text.length <= 2 * TAIL) return <span className="name">{text}</span>;
  return (
    <span className="name">
      <span>{text.slice(0, -TAIL)}</span>
      <span>{text.slice(-TAIL)}</span>
    </span>
  );
}
