import { useState } from 'react';
import type { Coverage } from '../api/types';
import { strings } from '../strings';
import { Icon } from './Icon';

/** What cannot be seen, and why: never left unsaid, never in the way. */
export function CoverageNotice({ coverage }: { coverage: readonly Coverage[] }) {
  const [open, setOpen] = useState(false);
  if (coverage.length === 0) return null;
  return (
    <section className={`coverage ${open ? 'open' : ''}`}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="warn" size={14} />
        {strings.coverage.title(coverage.length)}
        <Icon name="chevron" size={12} />
      </button>
      {open && (
        <ul>
          {coverage.map((item) => (
            <li key={`${item.subject} ${item.message}`}>{item.message}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
