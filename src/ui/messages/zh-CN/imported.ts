import type { imported as en } from '../en/imported.ts';

const CLICKS = '电子证书下载 → 持证人查询下载 → 登录 → 下载 → 申请证书加注 → 提交加注申请';

export const imported: typeof en = {
  title: '已录入',
  done: (path, qualification, until) =>
    `已录入：${path}（${qualification}${until === null ? '' : `，有效期至 ${until}`}）`,
  upToDate: (path, qualification, until) =>
    `已是最新：${path}（${qualification}${until === null ? '' : `，有效期至 ${until}`}）`,
  unnamed: '未能读出资格名称',
  about: (path, details) => (details === '' ? path : `${path}：${details}`),
  askEnd: '可使用的最后一天（如 2027-02-22；不限期请输入 none）',
  notADay: '日期无效：请输入如 2027-02-22 的日期；不限期请输入 none。',
  watching: (folder) => `正在等待 ${folder} 中的新文件：请把 PDF 保存到此处。按 Ctrl-C 结束。`,
  stopped: '已录入的文件可用 `cert list` 查看。',
  byHand: (qualification, path, until) =>
    `${qualification} 将于 ${until} 到期（${path}），只能在网站上重新申请：${CLICKS}。下载后用 \`cert import\` 录入。`,
  clicks: CLICKS,
};
