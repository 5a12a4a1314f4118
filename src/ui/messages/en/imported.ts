/** What is said of files that were downloaded by hand. */

/** The way to a new copy at the portal's own site, in the words that stand there. */
const CLICKS = '电子证书下载 → 持证人查询下载 → 登录 → 下载 → 申请证书加注 → 提交加注申请';

export const imported = {
  title: 'Imported',
  done: (path: string, qualification: string, until: string | null) =>
    `Imported: ${path} (${qualification}${until === null ? '' : `, valid until ${until}`})`,
  upToDate: (path: string, qualification: string, until: string | null) =>
    `Up to date: ${path} (${qualification}${until === null ? '' : `, valid until ${until}`})`,
  unnamed: 'qualification not readable',
  about: (path: string, details: string) => (details === '' ? path : `${path}: ${details}`),
  askEnd: 'Last day on which it may be used (YYYY-MM-DD, or none)',
  notADay: 'Not a date: type one such as 2027-02-22, or none.',
  watching: (folder: string) => `Watching ${folder}. Save the PDF there. Press Ctrl-C to stop.`,
  stopped: '`cert list` shows what was imported.',
  byHand: (qualification: string, path: string, until: string) =>
    `${qualification} ends on ${until} (${path}), and only the portal's site renews it: ${CLICKS}. Then \`cert import\` takes the new file.`,
  clicks: CLICKS,
};
