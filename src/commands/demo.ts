import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writing } from '../disk/file-error.ts';
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
  ctx: Pick<Context, 'clock' | 'files' | 'language' | 'messages' | 'newReference' | 'runSelf' | 'terminal'>,
  flags: DemoFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  const chosen = flags.output === undefined ? undefined : (await ctx.files()).absolute(flags.output);
  const temporary = (name: string) => writing(tmpdir(), () => mkdtemp(join(tmpdir(), name)));
  const output = chosen ?? (await temporary('cert-demo-'));
  await writing(output, () => mkdir(output, { recursive: true }));
  const { serveSandbox } = await import('../sandbox/serve.ts');
  const { writeTrustAnchor } = await import('../sandbox/trust-anchor.ts');
  const server = await serveSandbox({ port: 0, now: () => ctx.clock.now(), newId: ctx.newReference });
  const home = await temporary('cert-demo-home-');
  const env = {
    ...ACCOUNT,
    CERT_PORTAL: server.url,
    CERT_LANG: ctx.language,
    CERT_CONFIG_DIR: join(home, 'config'),
    CERT_STATE_DIR: join(home, 'state'),
  };
  const run = async (args: readonly string[]) => {
    const ended = await ctx.runSelf(args, env);
    if (ended.code !== EXIT.done) throw failedStep(ctx, args, ended);
    return ended;
  };
  const step = async (title: string, args: readonly string[]): Promise<void> => {
    terminal.say(`\n${terminal.style.bold(title)}\n$ cert ${args.join(' ')}`);
    terminal.say((await run(args)).transcript.trimEnd());
  };
  let anchor: TrustAnchorFile | undefined;
  try {
    anchor = await writeTrustAnchor(await server.trustAnchor(), undefined);
    terminal.say(messages.demo.intro);
    await step(messages.demo.step.list, ['list']);
    await step(messages.demo.step.annotate, ['annotate', CERTIFICATE, '--yes', '--wait']);
    await step(messages.demo.step.history, ['history', CERTIFICATE]);
    await step(messages.demo.step.download, ['download', CERTIFICATE, '-o', output]);
    // What was saved: downloading it once more finds it up to date.
    const { stdout } = await run(['download', CERTIFICATE, '-o', output, '--json']);
    const { file } = JSON.parse(stdout).data.results[0];
    await step(messages.demo.step.verify, ['verify', file.path, '--trust', anchor.path]);
    terminal.result({ file: { ...file, verdict: 'valid' } }, () => `\n${messages.demo.saved(file.path)}`);
  } finally {
    await anchor?.remove();
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** A step that failed, with what it said itself. Its surroundings are ours: but for a file in the way it is a bug. */
function failedStep(
  { terminal }: Pick<Context, 'terminal'>,
  args: readonly string[],
  { code, stdout, transcript }: Awaited<ReturnType<RunSelf>>,
): CertError {
  terminal.say(transcript.trimEnd());
  const said = /^✗ (.+)$/m.exec(transcript)?.[1] ?? /"message": "(.+)"/.exec(stdout)?.[1] ?? '';
  const command = `cert ${args.join(' ')}`;
  if (code === EXIT.usage) return usageError('stepFailed', { command, code, said });
  return new CertError('UNEXPECTED', { detail: `${command} (${code})${said && `: ${said}`}` });
}
