/**
 * The npm package code-server carries a complete VS Code server. Only that part is unpacked and started; its own
 * wrapper (login, proxy) stays out. All binaries come prebuilt inside npm packages, so no compiler is involved.
 *
 * The list of packages is what the server, the extension host and the page import, not what their package.json
 * asks for. To move to another release: list the imports of server-main.js, extensionHostProcess.js,
 * watcherMain.js and workbench.js, and take the versions from its npm-shrinkwrap.json.
 */
export const release = {
  vscode: '1.100',
  codeServer: '4.100.3',
  integrity:
    'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
  packages: {
    '@parcel/watcher': '2.5.1',
    '@vscode/iconv-lite-umd': '0.7.0',
    '@vscode/proxy-agent': '0.32.0',
    // The version this VS Code asks for downloads its binary in a script; 1.18 carries it and exports the same.
    '@vscode/ripgrep': '1.18.0',
    '@vscode/vscode-languagedetection': '1.0.21',
    cookie: '0.7.2',
    'http-proxy-agent': '7.0.0',
    'https-proxy-agent': '7.0.2',
    jschardet: '3.1.4',
    'tas-client-umd': '0.2.0',
    'vscode-oniguruma': '1.7.0',
    'vscode-regexpp': '3.1.0',
    'vscode-textmate': '9.2.0',
    yauzl: '3.1.1',
  },
};

const logger = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(file) {
    this.file = file; this.level = 2; this.raw = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  write(level, text) {
    if (level < this.level) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const line = this.raw ? text : stamp + ' [' + NAMES[level] + '] ' + text + '\\n';
    try { fs.appendFileSync(this.file, line); } catch { /* a log line must never stop the editor */ }
  }
  setLevel(level) { this.level = level; }
  getLevel() { return this.level; }
  clearFormatters() { this.raw = true; }
  setPattern() { this.raw = false; }
  flush() {}
  drop() {}
}
NAMES.forEach((name, level) => { Logger.prototype[name] = function (text) { this.write(level, text); }; });
exports.Logger = Logger;
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
`;

const fileCopy = `const fs = require('node:fs');
Object.assign(exports, { cp: fs.promises.cp, copyFile: fs.promises.copyFile, copyFileSync: fs.copyFileSync,
  constants: fs.constants, isCloneSupported: async () => false });
`;

const telemetry = `exports.AppInsightsCore = class {
  initialize() {} track() {} unload(sync, done) { if (done) done(); } flush(sync, done) { if (done) done(); }
};
`;

/** Plain JavaScript in the place of C++ addons that no package carries built, and of the telemetry sender. */
export const standIns = {
  '@vscode/spdlog': logger,
  'native-watchdog': 'exports.start = () => {};\n',
  '@vscode/native-watchdog': 'exports.start = () => {};\n',
  '@vscode/fs-copyfile': fileCopy,
  '@vscode/deviceid': "exports.getDeviceId = async () => require('node:crypto').randomUUID();\n",
  '@microsoft/1ds-core-js': telemetry,
};
