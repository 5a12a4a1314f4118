/** Which of the seven bars of a digit are drawn: top, upper left, upper right, middle, lower left, lower right, bottom. */
const BARS = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];

const BAR_PATHS = ['M2 0h16', 'M0 2v16', 'M20 2v16', 'M2 20h16', 'M0 22v16', 'M20 22v16', 'M2 40h16'];

/** A picture of digits, as a data URI: drawn as bars, so that the answer does not stand in it as text. */
export function challengeImage(digits: string): string {
  const paths = [...digits].map((digit, index) => {
    const bars = BAR_PATHS.filter((_, bar) => BARS[Number(digit)]?.[bar] === '1').join('');
    return `<path transform="translate(${16 + index * 32} ${12 + (index % 3) * 4})" d="${bars}"/>`;
  });
  const width = 16 + digits.length * 32;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="72" viewBox="0 0 ${width} 72"><rect width="${width}" height="72" fill="#fff"/><g fill="none" stroke="#334" stroke-width="3" stroke-linecap="round">${paths.join('')}</g></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
