import type { ErrorTexts } from '../error-text.ts';
import { inWords } from '../in-words.ts';
import { CONTENT_REASONS, contentAdvice, environmentReason, INPUT_REASONS } from './reasons.ts';

/** What is wrong with the settings, the environment and the files that cert keeps. */
export const setupErrors: Pick<
  ErrorTexts,
  | 'CONFIG_INVALID'
  | 'JOURNAL_INVALID'
  | 'ENVIRONMENT_INVALID'
  | 'INPUT_UNLIKELY'
  | 'SECRETS_DAMAGED'
  | 'PASSPHRASE_FILE_INVALID'
> = {
  INPUT_UNLIKELY: ({ source, reason }) => ({
    message: `${source} 未使用：${INPUT_REASONS[reason].what}。`,
    hint: INPUT_REASONS[reason].advice,
  }),
  CONFIG_INVALID: ({ path, detail, at }) => ({
    message: `${path} 无法使用：${inWords(CONTENT_REASONS, detail)}${at === undefined ? '' : `（${at}）`}`,
    hint: `未作任何更改。${contentAdvice(detail)}`,
  }),
  JOURNAL_INVALID: ({ path, detail, at }) => ({
    message: `无法读取申请日志 ${path}：${inWords(CONTENT_REASONS, detail)}${at === undefined ? '' : `（第 ${at} 行）`}`,
    hint:
      detail === 'newer-version'
        ? `没有提交申请。${contentAdvice(detail)}`
        : '没有提交申请。缺少申请日志可能重复申请、多占用次数：请先用 `cert history` 查看，确认所有申请都有结果之后再移走该文件。',
  }),
  ENVIRONMENT_INVALID: ({ name, detail, other = '' }) => ({
    message: `${name}：${environmentReason(detail, other)}`,
    hint: '环境变量说明见 `cert help environment`。',
  }),
  SECRETS_DAMAGED: ({ path, detail }) => ({
    message: `无法读取加密文件 ${path}：${inWords(CONTENT_REASONS, detail)}`,
    hint:
      detail === 'newer-version'
        ? `未作任何更改。${contentAdvice(detail)}`
        : '未作任何更改。请从备份恢复，或将其移走后重新登录。',
  }),
  PASSPHRASE_FILE_INVALID: ({ path, detail }) => ({
    message: `${path} 中没有口令${detail === undefined ? '。' : `：${inWords(CONTENT_REASONS, detail)}`}`,
    hint: '请给出只有一行的文件，或管道，如 <(pass show cert)。',
  }),
};
