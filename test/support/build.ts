import { execFileSync } from 'node:child_process';

/** The executable under test is always the one of these sources. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
