#!/usr/bin/env node
'use strict';

const [first, second] = process.argv.slice(2);
if (second === undefined && first === '--version') {
  process.stdout.write(`${require('../package.json').version}\n`);
} else if (second === undefined && (first === undefined || first === '--help' || first === '-h')) {
  process.stdout.write(require('../dist/static-help.cjs').staticHelp(process, `${__dirname}/../dist`));
} else {
  require('node:module').enableCompileCache?.();
  require('../dist/main.cjs').main(process);
}
