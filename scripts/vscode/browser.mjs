import fs from 'node:fs';
import path from 'node:path';
import { run } from '../lib/run.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where this system keeps a browser of the Chromium family, likeliest first. */
function candidates() {
  if (process.platform === 'darwin') {
    return macApplications;
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots
      .filter(Boolean)
      .flatMap((root) => windowsPrograms.map((program) => path.join(root, program)));
  }
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ];
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

export const installedBrowser = () => candidates().find((file) => fs.existsSync(file));

function isDebian() {
  const release = fs.existsSync('/etc/os-release') ? fs.readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID=debian$/m.test(release);
}

const help =
  'Install one (Debian: apt-get install -y chromium), or name one: CHROMIUM=/path/to/chrome npm test';

/** A browser to draw the editor: the one named, else one installed, else Debian's package. */
export async function findBrowser(say) {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!fs.existsSync(named)) {
      throw new Error(`CHROMIUM names "${named}", and there is no such file`);
    }
    return named;
  }
  const installed = installedBrowser();
  if (installed) {
    return installed;
  }
  if (!isDebian() || process.getuid?.() !== 0) {
    throw new Error(`There is no Chrome, Chromium or Edge to show the editor. ${help}`);
  }
  say('installing Chromium (apt-get install chromium) …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q', '-o', 'DPkg::Lock::Timeout=300'], { env });
  const { code, output } = await run(
    'apt-get',
    // Another installation may be under way, on a fresh machine its own updates above all.
    ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', 'chromium'],
    { env },
  );
  const found = installedBrowser();
  if (code !== 0 || !found) {
    throw new Error(
      `Chromium cannot be installed. ${help}\n${output.trim().split('\n').slice(-6).join('\n')}`,
    );
  }
  return found;
}
