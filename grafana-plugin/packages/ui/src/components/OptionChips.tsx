import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Hidden, ViewInfo, ViewOption } from '../api/types';
import { strings } from '../strings';
import { Icon } from './Icon';
import { useShell } from './shell';

/** One chip per option of the view; a chip says what its option hides, and how many. */
export function OptionChips({ view, hidden }: { view: ViewInfo; hidden: Hidden }) {
  return (
    <div className="chips" role="group" aria-label={view.label}>
      {view.options.map((option) => (
        <OptionChip key={option.id} option={option} hidden={hidden[option.id] ?? 0} />
      ))}
    </div>
  );
}

function OptionChip({ option, hidden }: { option: ViewOption; hidden: number }) {
  const { location, go } = useShell();
  const value = location.options[option.id] ?? option.default;
  const changed = value !== option.default;
  const chosen = option.values.find((candidate) => candidate.value === value);
  const text =
    hidden > 0 && !changed
      ? strings.options.hides(option.label, hidden)
      : `${option.label}: ${(chosen?.label ?? value).toLowerCase()}${hidden > 0 ? ` · ${hidden}` : ''}`;
  const choose = (next: string) => {
    const options = { ...location.options };
    if (next === option.default) delete options[option.id];
    else options[option.id] = next;
    go({ options });
  };
  const className = `chip ${changed ? 'on' : ''}`;
  const other = option.values.find((candidate) => candidate.value !== value);
  // Two values need no menu: the chip goes to the other one.
  if (option.values.length === 2 && other) {
    return (
      <Button
        className={className}
        onPress={() => choose(other.value)}
        aria-label={`${text}. ${option.label}: ${other.label}`}
      >
        {text}
      </Button>
    );
  }
  return (
    <MenuTrigger>
      <Button className={className}>
        {text}
        <Icon name="chevron" size={12} />
      </Button>
      <Popover className="popover">
        <Menu
          className="menu"
          selectionMode="single"
          selectedKeys={[value]}
          onAction={(key) => choose(String(key))}
        >
          {option.values.map((candidate) => (
            <MenuItem key={candidate.value} id={candidate.value} className="menu-item">
              {candidate.label}
              {candidate.value === option.default && <small>{strings.options.default}</small>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
