import { likely } from '../../domain/likely-input.ts';
import type { Context } from '../context.ts';

/** A user name as a flag or a person gives it. @throws CertError INPUT_UNLIKELY for one that has blanks, or cannot be typed */
export const likelyUsername = (given: string): string => likely(given, '--username', 'none');

/** @throws CertError as {@link likelyUsername} */
export const askUsername = async (
  { messages, prompts }: Pick<Context, 'messages' | 'prompts'>,
  initial?: string,
): Promise<string> =>
  likelyUsername(await prompts.text({ message: messages.login.username, flag: '--username', initial }));
