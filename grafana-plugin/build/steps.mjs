// The steps of the Maven build: install, build, test. Each does nothing when nothing changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const INSTALLED = join(root, 'node_modules/.installed');
const BUILT = join(root, 'packages/standalone/dist/.built');

const steps = { install, build, test };
const step = steps[process.argv[2]];
if (!step) {
  console.error(`Expected install, build or test, not "${process.argv[2]}".`);
  process.exit(2);
}
step();

function install() {
  const wanted = digest([
    'package-lock.json',
    'package.json',
    'packages/ui/package.json',
    'packages/standalone/package.json',
  ]);
  if (stamp(INSTALLED) === wanted) return;
  console.log('Installing the npm packages of the page');
  run('npm', ['ci', '--loglevel=error']);
  writeFileSync(INSTALLED, wanted);
}

function build() {
  const wanted = digest([
    ...files('packages/ui/src'),
    ...files('packages/standalone/src'),
    ...files('packages/standalone/public'),
    'packages/standalone/index.html',
    'packages/standalone/vite.config.ts',
    'package-lock.json',
  ]);
  if (stamp(BUILT) === wanted) return;
  console.log('Building the page');
  run('npm', ['run', '--silent', 'build']);
  // File names carry a hash of their content: what was copied for an older build would stay for ever.
  rmSync(join(root, 'target/classes/dev/otelscope/page'), { recursive: true, force: true });
  writeFileSync(BUILT, wanted);
}

function test() {
  run('npm', ['run', '--silent', 'types']);
  run('npm', ['test', '--silent']);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function files(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

function digest(names) {
  const hash = createHash('sha256');
  for (const name of names)
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

function stamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
