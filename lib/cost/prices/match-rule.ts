import { isSameVersion } from '../model-names';
import type { MatchRule } from './price-data';

const patterns = new Map<string, RegExp>();

/** Patterns of a book are few; a book that is brought in again and again must not pile them up. */
function patternOf(source: string): RegExp {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  if (patterns.size >= 1_000) patterns.clear();
  const pattern = new RegExp(source);
  patterns.set(source, pattern);
  return pattern;
}

/** Whether a rule takes a name; names are in lower case and of bounded length. */
export function matchesRule(rule: MatchRule, name: string): boolean {
  if ('or' in rule) return rule.or.some((part) => matchesRule(part, name));
  if ('and' in rule) return rule.and.every((part) => matchesRule(part, name));
  if ('equals' in rule) return name === rule.equals.toLowerCase();
  if ('starts_with' in rule) return name.startsWith(rule.starts_with.toLowerCase());
  if ('ends_with' in rule) return name.endsWith(rule.ends_with.toLowerCase());
  if ('contains' in rule) return name.includes(rule.contains.toLowerCase());
  return patternOf(rule.regex).test(name);
}

/** Whether a rule names this very model, and not only a shorter version number. */
export function coversVersion(rule: MatchRule, name: string): boolean {
  if ('or' in rule) return rule.or.some((part) => coversVersion(part, name));
  if ('and' in rule) return rule.and.every((part) => coversVersion(part, name));
  if ('equals' in rule || 'ends_with' in rule || 'regex' in rule) return matchesRule(rule, name);
  const part = ('starts_with' in rule ? rule.starts_with : rule.contains).toLowerCase();
  const at = 'starts_with' in rule ? (name.startsWith(part) ? 0 : -1) : name.indexOf(part);
  return at >= 0 && isSameVersion(part, name.slice(at + part.length));
}

/** The part of a rule that took a name, as it reads in the book's data. */
export function describeMatch(rule: MatchRule, name: string): string {
  if ('or' in rule) {
    const part = rule.or.find((one) => coversVersion(one, name)) ?? rule.or[0];
    return part === undefined ? '' : describeMatch(part, name);
  }
  if ('and' in rule) return rule.and.map((part) => describeMatch(part, name)).join(' and ');
  const [[kind, text] = ['', '']] = Object.entries(rule);
  return `${kind} "${text}"`;
}
