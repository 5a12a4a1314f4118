/** Pictures inside the terminal: the protocols of kitty and of iTerm2, for PNG. */

type Environment = Readonly<Record<string, string | undefined>>;
type Protocol = 'kitty' | 'iterm2';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The most base64 characters in one escape sequence of kitty's protocol. */
const KITTY_CHUNK = 4_096;

/** Which protocol a terminal speaks, by what it says of itself. Through tmux and screen none comes through. */
export function pictureProtocol(environment: Environment): Protocol | undefined {
  const { TERM = '', TERM_PROGRAM = '', LC_TERMINAL, KITTY_WINDOW_ID, TMUX, STY } = environment;
  if (TMUX || STY || /^(tmux|screen)/.test(TERM)) return undefined;
  if (KITTY_WINDOW_ID || /^xterm-(kitty|ghostty)$/.test(TERM) || TERM_PROGRAM === 'ghostty') return 'kitty';
  if (/^(iTerm\.app|WezTerm|mintty)$/.test(TERM_PROGRAM) || LC_TERMINAL === 'iTerm2') return 'iterm2';
  return undefined;
}

/** What shows a picture; undefined for what is no PNG. */
export function pictureSequence(protocol: Protocol, image: Uint8Array): string | undefined {
  if (PNG.some((byte, at) => image[at] !== byte)) return undefined;
  const base64 = Buffer.from(image).toString('base64');
  if (protocol === 'iterm2')
    return `\u001b]1337;File=inline=1;size=${image.length};preserveAspectRatio=1:${base64}\u0007\n`;
  const chunks = base64.match(new RegExp(`.{1,${KITTY_CHUNK}}`, 'g')) ?? [];
  const sequences = chunks.map((chunk, index) => {
    const head = index === 0 ? 'a=T,f=100,q=2,' : '';
    return `\u001b_G${head}m=${index === chunks.length - 1 ? 0 : 1};${chunk}\u001b\\`;
  });
  return `${sequences.join('')}\n`;
}
