import { useEffect, useState } from 'react';
import { strings } from '../strings';
import { Icon } from './Icon';

/** A value that a click copies. */
export function Copyable({ value, children }: { value: string; children?: React.ReactNode }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1200);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className={`copyable ${copied ? 'copied' : ''}`}
      title={copied ? strings.details.copied : strings.details.copy}
      onClick={() => void copy(value).then(setCopied)}
    >
      <span>{children ?? value}</span>
      <Icon name={copied ? 'check' : 'copy'} size={12} />
    </button>
  );
}

/** The clipboard needs a secure context; over plain HTTP on another address an old way still works. */
async function copy(text: string): Promise<boolean> {
  if (isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
