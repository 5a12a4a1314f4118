import type { FileDamage } from '../../../errors.ts';
import type { ErrorTexts } from '../error-text.ts';
import { reasonText } from '../reason.ts';
import { verification } from './verification.ts';

/** Files that came otherwise than the portal promised. */
export const fileErrors: Pick<ErrorTexts, 'FILE_NOT_PDF' | 'FILE_DAMAGED' | 'FILE_NOT_VERIFIED' | 'FILE_NOT_OPENED'> = {
  FILE_NOT_PDF: ({ type }) => ({
    message:
      type === 'text/html' ? '收到的是网页而不是 PDF：未保存任何内容。' : `收到的不是 PDF（${type}）：未保存任何内容。`,
    hint: '可能是网络的登录页面或代理代替网站作了回应。请先在浏览器中打开任一网页，再重试。',
  }),
  FILE_DAMAGED: ({ damage, keptAt }) => ({
    message: `收到的文件已损坏：${damageText(damage)}。`,
    hint:
      keptAt === undefined
        ? '未保存任何内容，请稍后重试。'
        : `原位置未作改动；收到的文件另存为 ${keptAt}。请稍后重试。`,
  }),
  FILE_NOT_VERIFIED: ({ reason, keptAt, path }) => {
    const { meaning, advice } = reasonText(verification.reasons, reason);
    if (path !== undefined) return { message: `未录入 ${path}：${meaning}`, ...(advice && { hint: advice }) };
    return {
      message: `收到的 PDF 未通过验证，未予保存：${meaning}`,
      hint:
        keptAt === undefined
          ? '请勿使用该文件。请稍后重试，或更换网络。'
          : `请勿使用该文件，它另存为 ${keptAt}，供查证。请稍后重试，或更换网络。`,
    };
  },
  FILE_NOT_OPENED: ({ path, reason }) => ({
    message: `未打开该 PDF：${
      {
        invalid: '文件无效',
        unsigned: '文件没有数字签名',
        active: '文件带有脚本、动作或附件，阅读器可能会执行',
        unreadable: '无法判断文件是否带有脚本或动作',
      }[reason]
    }。`,
    hint: `文件在这里：${path}。\`cert verify\` 可查看详情；在终端中运行 \`cert view\` 时可选择仍要打开。`,
  }),
};

function damageText(damage: FileDamage): string {
  switch (damage.kind) {
    case 'length':
      return `应有 ${damage.expected} 字节，收到 ${damage.bytes} 字节`;
    case 'too-long':
      return `超过 ${damage.maxBytes} 字节`;
    case 'digest':
      return '传输途中被改动（SHA-256 与网站给出的不符）';
    case 'start':
      return '开头不是 PDF';
    case 'end':
      return '结尾缺失';
    case 'part':
      return '收到的不是所请求的部分';
  }
}
