import { EXIT, isCertError } from '../../errors.ts';
import type { StoreKind } from '../../ports/secrets.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { Context } from '../context.ts';
import { oneOf } from '../shared/flags.ts';

/** What choosing a store takes. */
export type ChoosingStore = Pick<Context, 'account' | 'config' | 'messages' | 'prompts' | 'secrets' | 'terminal'>;

const STORES = ['keychain', 'file', 'none'] as const;

/** Where the secrets will be kept, found usable, like the settings, before anybody is asked for one. */
export async function readStore(ctx: ChoosingStore, flag: string | undefined): Promise<StoreKind> {
  const wanted = flag === undefined ? undefined : oneOf('--store', flag, STORES);
  await ctx.config.ensureWritable();
  return usableStore(ctx, wanted);
}

/**
 * Where the secrets of a login will be kept, proved to be usable. Where the keychain is not, and none was asked for, a
 * person is offered what else there is.
 */
async function usableStore(ctx: ChoosingStore, wanted: StoreKind | undefined): Promise<StoreKind> {
  const kind = wanted ?? (ctx.account().store === 'file' ? 'file' : 'keychain');
  try {
    await probe(ctx, kind);
    return kind;
  } catch (error) {
    if (!isCertError(error) || error.exit !== EXIT.secretStore) throw error;
    if (wanted !== undefined || kind !== 'keychain' || !ctx.terminal.interactive) throw error;
    ctx.terminal.warn(failureOf(error, ctx.messages).message);
    const chosen = await offerOthers(ctx);
    await probe(ctx, chosen);
    return chosen;
  }
}

const probe = async ({ secrets }: Pick<Context, 'secrets'>, kind: StoreKind): Promise<void> => {
  if (kind !== 'none') await (await secrets(kind)).probe();
};

const offerOthers = ({ messages: { login }, prompts }: Pick<Context, 'messages' | 'prompts'>) =>
  prompts.select<StoreKind>({
    message: login.whereElse,
    flag: '--store',
    choices: [
      { name: login.inFile, value: 'file' },
      { name: login.nowhere, value: 'none' },
    ],
  });
