import { useEffect, useState } from 'react';
import type { Theme } from '@otelscope/ui';

const KEY = 'otelscope.theme';
const systemIsLight = matchMedia('(prefers-color-scheme: light)');

/** The chosen theme, kept in this browser; `colours` is what it comes to. */
export function useTheme() {
  const [current, setCurrent] = useState<Theme>(read);
  const [light, setLight] = useState(systemIsLight.matches);
  useEffect(() => {
    const change = () => setLight(systemIsLight.matches);
    systemIsLight.addEventListener('change', change);
    return () => systemIsLight.removeEventListener('change', change);
  }, []);
  const colours = current === 'system' ? (light ? 'light' : 'dark') : current;
  document.documentElement.dataset.theme = colours;
  const choose = (theme: Theme) => {
    localStorage.setItem(KEY, theme);
    setCurrent(theme);
  };
  return { theme: { current, choose }, colours };
}

function read(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'dark' || kept === 'light' ? kept : 'system';
}
