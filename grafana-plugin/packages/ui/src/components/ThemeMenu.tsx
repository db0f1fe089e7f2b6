import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { strings } from '../strings';
import { Icon, type IconName } from './Icon';
import { useShell, type Theme } from './shell';

const THEMES: readonly [Theme, IconName][] = [
  ['dark', 'moon'],
  ['light', 'sun'],
  ['system', 'system'],
];

export function ThemeMenu() {
  const { theme } = useShell();
  if (!theme) return null;
  const icon = THEMES.find(([name]) => name === theme.current)?.[1] ?? 'system';
  return (
    <MenuTrigger>
      <Button className="icon-button" aria-label={strings.theme.label}>
        <Icon name={icon} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          selectionMode="single"
          selectedKeys={[theme.current]}
          onAction={(key) => theme.choose(key as Theme)}
        >
          {THEMES.map(([name, symbol]) => (
            <MenuItem key={name} id={name} className="menu-item" textValue={strings.theme[name]}>
              <Icon name={symbol} size={14} />
              {strings.theme[name]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
