/** How much is drawn at a scale: from afar dots, near by cards. */
export interface Detail {
  level: 'far' | 'middle' | 'near';
  /** Of a node's circle, in pixels. */
  radius: number;
  glyph: boolean;
  arrows: boolean;
  /** Text size of a node's label. */
  font: number;
}

export function detailAt(k: number): Detail {
  // From afar a dot may fill more of its cell than a circle does near by.
  const radius = Math.max(1.8, 24 * k, Math.min(4.8, 40 * k));
  return {
    level: k < 0.3 ? 'far' : k > 1.7 ? 'near' : 'middle',
    radius,
    glyph: radius >= 9,
    arrows: k >= 0.16,
    font: Math.min(13, Math.max(10.5, 12 * k)),
  };
}
