import { useEffect, useRef } from 'react';
import { strings } from '../strings';
import { Icon } from './Icon';

interface Props {
  text: string;
  pinned: boolean;
  found: number | undefined;
  of: number;
  onChange: (text: string) => void;
  onPin: () => void;
}

/**
 * Search as you type; `/` comes here, Enter pins into the link, Escape clears and leaves, the arrow
 * down goes to what was found.
 */
export function SearchBox({ text, pinned, found, of, onChange, onPin }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  return (
    <div className={`search ${pinned ? 'pinned' : ''}`} role="search">
      <Icon name="search" size={15} />
      <input
        ref={input}
        type="text"
        spellCheck={false}
        autoComplete="off"
        enterKeyHint="search"
        aria-label={strings.search.label}
        placeholder={strings.search.placeholder}
        title={pinned ? strings.search.pinned : strings.search.hint}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onPin();
          if (event.key === 'ArrowDown') goToFound();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (text === '') event.currentTarget.blur();
          else onChange('');
        }}
      />
      <span className={`found ${found === 0 ? 'none' : ''}`} role="status">
        {found === undefined
          ? ''
          : found === 0
            ? strings.search.none
            : strings.search.matches(found, of)}
      </span>
      {text === '' ? (
        <kbd>/</kbd>
      ) : (
        <button
          type="button"
          className="bare"
          aria-label={strings.search.clear}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </div>
  );
}

/** Onto the map, where the same key goes to the first node, or to the table. */
function goToFound(): void {
  const place = document.querySelector<HTMLElement>('.map canvas, .table');
  place?.focus();
  place?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
}

/** True when the key goes into a field. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role=menu]') !== null)
  );
}
