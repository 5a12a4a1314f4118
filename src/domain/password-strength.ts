export type PasswordStrength = 'weak' | 'fair' | 'strong';

/** Rows of keys, alphabet and digits: three neighbours in a row are guessed first. */
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const COMMON = /pass|word|admin|welcome|iloveyou|woaini|mima|aini|5201314|1314|520|abc123|sandbox/i;
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];
const FAIR_POINTS = 9;
const STRONG_POINTS = 14;

/**
 * How well a password resists guessing, by its length, its kinds of characters and what is easily guessed in it.
 * `known` is what others know of its owner: a password that has it in it is weak.
 */
export function passwordStrength(password: string, known: readonly string[] = []): PasswordStrength {
  const lower = password.toLowerCase();
  if (known.some((word) => word.length >= 4 && lower.includes(word.toLowerCase()))) return 'weak';
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  const characters = new Set(lower).size;
  const points = Math.min(password.length, characters + 2) + kinds - 2 * runs(lower) - (COMMON.test(password) ? 4 : 0);
  if (points < FAIR_POINTS) return 'weak';
  return points < STRONG_POINTS ? 'fair' : 'strong';
}

/** How often three characters stand in it as on a row, forwards or backwards, or the same three times. */
function runs(text: string): number {
  let count = 0;
  for (let at = 0; at + 3 <= text.length; at += 1) {
    const three = text.slice(at, at + 3);
    const back = [...three].reverse().join('');
    if (three === three[0]?.repeat(3) || ROWS.some((row) => row.includes(three) || row.includes(back))) count += 1;
  }
  return count;
}
