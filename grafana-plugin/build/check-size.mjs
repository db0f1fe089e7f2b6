// Prints what the first visit loads and fails when it is more than the budget.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 300;
const dist = new URL('../packages/standalone/dist', import.meta.url).pathname;

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

let total = 0;
for (const file of files.sort()) {
  const gzip = gzipSync(readFileSync(file), { level: 9 }).length / 1000;
  total += gzip;
  console.log(`${gzip.toFixed(1).padStart(8)} kB gzip  ${file.slice(dist.length + 1)}`);
}
console.log(`${total.toFixed(1).padStart(8)} kB gzip  of ${BUDGET_KB} kB for the first visit`);
if (total > BUDGET_KB) {
  console.error('The page is larger than its budget: see what was added, or split it.');
  process.exit(1);
}
