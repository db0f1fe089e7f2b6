export { HttpClient, type ScopeClient } from './api/client';
export { Scope } from './components/Scope';
export { ShellProvider, type Shell, type Theme } from './components/shell';
export { Live } from './live';
export { readLocation, writeLocation, type Location } from './location';
export { openFeed, type Feed } from './stream/feed';
