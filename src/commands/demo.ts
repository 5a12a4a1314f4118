import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CertError, EXIT } from '../errors.ts';
import type { RunSelf } from '../ports/surroundings.ts';
import type { TrustAnchorFile } from '../sandbox/trust-anchor.ts';
import { type CommandDefinition, usageError } from './command.ts';
import type { Context } from './context.ts';

interface DemoFlags {
  readonly output?: string;
}

export const demo: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(command.option('-o, --output <folder>', flag.demoOutput), (ctx, flags: DemoFlags) => runDemo(ctx, flags)),
};

const ACCOUNT = { CERT_USERNAME: 'demo_nurse', CERT_PASSWORD: 'Sandbox2026' };
const CERTIFICATE = 'c-nurse-2023';

/**
 * The whole journey as a person would type it: each step is this very executable as a process of its own, over real
 * HTTP. Its settings are temporary; only the PDF is left.
 */
export async function runDemo(
  ctx: Pick<Context, 'clock' | 'language' | 'messages' | 'newReference' | 'runSelf' | 'terminal'>,
  flags: DemoFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  const home = await mkdtemp(join(tmpdir(), 'cert-demo-home-'));
  const output = flags.output === undefined ? await mkdtemp(join(tmpdir(), 'cert-demo-')) : resolve(flags.output);
  await mkdir(output, { recursive: true });
  const { serveSandbox } = await import('../sandbox/serve.ts');
  const { writeTrustAnchor } = await import('../sandbox/trust-anchor.ts');
  const server = await serveSandbox({ port: 0, now: () => ctx.clock.now(), newId: ctx.newReference });
  const env = {
    ...ACCOUNT,
    CERT_PORTAL: server.url,
    CERT_LANG: ctx.language,
    CERT_CONFIG_DIR: join(home, 'config'),
    CERT_STATE_DIR: join(home, 'state'),
  };
  const step = async (title: string, args: readonly string[]): Promise<void> => {
    const command = `cert ${args.join(' ')}`;
    terminal.say(`\n${terminal.style.bold(title)}\n$ ${command}`);
    const { code, transcript } = await ctx.runSelf(args, env);
    terminal.say(transcript.trimEnd());
    if (code === EXIT.done) return;
    // Such as a file of that name in the folder that was chosen.
    if (code === EXIT.usage) throw usageError('stepFailed', { command, code });
    throw new CertError('UNEXPECTED', { detail: `${command} (${code})` });
  };
  let anchor: TrustAnchorFile | undefined;
  try {
    anchor = writeTrustAnchor(await server.trustAnchor(), undefined);
    terminal.say(messages.demo.intro);
    await step(messages.demo.step.list, ['list']);
    await step(messages.demo.step.annotate, ['annotate', CERTIFICATE, '--yes', '--wait']);
    await step(messages.demo.step.history, ['history', CERTIFICATE]);
    await step(messages.demo.step.download, ['download', CERTIFICATE, '-o', output]);
    const file = await savedFile(ctx.runSelf, output, env);
    await step(messages.demo.step.verify, ['verify', file.path, '--trust', anchor.path]);
    terminal.result({ file: { ...file, verdict: 'valid' } }, () => `\n${messages.demo.saved(file.path)}`);
  } finally {
    anchor?.remove();
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** What was saved: downloading it once more finds it up to date. */
async function savedFile(
  runSelf: RunSelf,
  output: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly path: string }> {
  const { stdout } = await runSelf(['download', CERTIFICATE, '-o', output, '--json'], env);
  return JSON.parse(stdout).data.results[0].file;
}
