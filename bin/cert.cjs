#!/usr/bin/env node
'use strict';

// An old Node has to understand this file to say that it is too old: nothing in it is younger than Node 6.
const [major, minor] = process.versions.node.split('.').map(Number);

const print = (text) => {
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  process.stdout.write(text);
};

const refuse = (line) => {
  process.exitCode = 2;
  process.stderr.write(`${line}\n`);
};

/** A part of `cert` itself that is not there is no bug: it was not built, or not installed whole. */
const refuseIncomplete = (error) => {
  const root = require('node:path').dirname(__dirname);
  const isText = error.code === 'ENOENT' && String(error.path).startsWith(root);
  if (error.code !== 'MODULE_NOT_FOUND' && !isText) throw error;
  const english = `Files of cert are missing. Run \`npm run build\` in ${root}, or install cert again.`;
  refuse(`${english} cert 的文件不完整：请在该文件夹中运行 \`npm run build\`，或重新安装。`);
};

const run = (first, second) => {
  if (second === undefined && first === '--version') {
    print(`${require('../package.json').version}\n`);
  } else if (second === undefined && (first === undefined || first === '--help' || first === '-h')) {
    print(require('../dist/static-help.cjs').staticHelp(process, require('node:path').join(__dirname, '../dist')));
  } else {
    const { enableCompileCache } = require('node:module');
    if (enableCompileCache) enableCompileCache();
    require('../dist/main.cjs').main(process).catch(refuseIncomplete);
  }
};

if (major < 20 || (major === 20 && minor < 19)) {
  const english = `cert needs Node 20.19 or later; this is ${process.version}.`;
  refuse(`${english} cert 需要 Node 20.19 或更高版本，当前为 ${process.version}。`);
} else {
  try {
    run(process.argv[2], process.argv[3]);
  } catch (error) {
    refuseIncomplete(error);
  }
}
