#!/usr/bin/env node
'use strict';

const [first, second] = process.argv.slice(2);
const print = (text) => {
  process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 2));
  process.stdout.write(text);
};
if (second === undefined && first === '--version') {
  print(`${require('../package.json').version}\n`);
} else if (second === undefined && (first === undefined || first === '--help' || first === '-h')) {
  print(require('../dist/static-help.cjs').staticHelp(process, `${__dirname}/../dist`));
} else {
  require('node:module').enableCompileCache?.();
  require('../dist/main.cjs').main(process);
}
