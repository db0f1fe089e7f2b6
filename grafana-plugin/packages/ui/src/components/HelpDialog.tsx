import { useEffect, useRef } from 'react';
import { strings } from '../strings';
import { Icon } from './Icon';

export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="help"
      aria-labelledby="help-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <header>
        <h2 id="help-title">{strings.help.title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={strings.help.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <Rows rows={strings.help.rows} />
      <h3>{strings.help.mouseTitle}</h3>
      <Rows rows={strings.help.mouse} />
    </dialog>
  );
}

function Rows({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl>
      {rows.map(([keys, what]) => (
        <div key={keys}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
