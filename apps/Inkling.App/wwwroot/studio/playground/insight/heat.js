// Colours of losses, from low to high; the same in both schemes.
const stops = [[8, 48, 107], [33, 113, 181], [107, 174, 214], [222, 235, 247], [253, 224, 183], [240, 149, 66], [166, 62, 10]];

/** Red, green and blue of a share, 0 to 1. */
export function heat(share) {
  const at = Math.max(0, Math.min(0.9999, share)) * (stops.length - 1), i = Math.floor(at), part = at - i;
  return stops[i].map((from, c) => from + (stops[i + 1][c] - from) * part);
}

/** Losses by their logarithm: a function to shares, and the ends; null when none is a number. */
export function scaleOf(losses) {
  let least = Infinity, most = 0;
  for (const loss of losses) if (loss != null && Number.isFinite(loss)) { least = Math.min(least, loss); most = Math.max(most, loss); }
  if (least === Infinity) return null;
  const low = Math.log(least + 1e-5), span = Math.log(most + 1e-5) - low || 1;
  return { least, most, share: loss => (loss != null && Number.isFinite(loss) ? (Math.log(loss + 1e-5) - low) / span : 1) };
}
