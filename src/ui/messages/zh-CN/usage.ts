/** What is wrong with a command line. */
import type { ExpectedValue } from '../../../errors.ts';
import type { UsageTexts } from '../error-text.ts';

export const oneOf = (values: readonly string[]): string => `${values.join('、')} 之一`;

function expectation(expected: ExpectedValue): string {
  if (expected === 'duration') return '时间，如 90s、30m、24h，最长 366d';
  if (expected === 'day') return '日期，如 2027-02-22，或 none（不限期）';
  if (expected === 'profileName') return ' 1 到 64 个可见字符，不以 - 开头，首尾没有空格';
  return 'oneOf' in expected ? oneOf(expected.oneOf) : ` ${expected.from} 到 ${expected.to} 的整数`;
}

const didYouMean = (similar: string | undefined): string => (similar ? `是否想用 ${similar}？` : '');

export const usage: UsageTexts = {
  unknownCommand: ({ name, similar }) => `没有命令 ${name}。${didYouMean(similar)}`,
  unknownOption: ({ name, similar }) => `此处没有选项 ${name}。${didYouMean(similar)}`,
  missingArgument: ({ name }) => `缺少参数 ${name}。`,
  missingValue: ({ flag }) => `选项 ${flag} 缺少值。`,
  excessArguments: () => '参数过多。',
  missingCommand: () => '缺少命令。',
  notUnderstood: () => '无法理解该命令行。',
  badValue: ({ flag, value, expected }) => `${flag} ${value}：应为${expectation(expected)}。`,
  conflict: ({ one, other }) => `${one} 与 ${other} 不能同时使用。`,
  together: ({ one, other }) => `${one} 须与 ${other} 同用。`,
  notAToken: () => '这不是令牌：令牌应为 8 至 1500 个可见字符，中间没有空格。',
  stdoutWantsOne: () => '-o - 只能输出一个文件：请指定一本证书。',
  stdoutIsJson: () => '- 与 --json 都输出到标准输出，不能同时使用。',
  daysBelowMinDays: ({ days, minDays }) =>
    `有效期 ${days} 天的加注件不可能再有效 ${minDays} 天：请减小 --min-days；网站允许更长有效期的，也可增大 --days。`,
  folderForSeveral: ({ output }) => `多本证书须保存到文件夹：-o ${output}/`,
  stepFailed: ({ command, code, said }) => `${command} 的退出码为 ${code}${said && `：${said}`}`,
};
