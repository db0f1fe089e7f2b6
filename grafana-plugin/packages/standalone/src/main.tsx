import { createRoot } from 'react-dom/client';
import '@otelscope/ui/styles.css';
import { App } from './App';
import './tokens.css';

const page = document.getElementById('page');
if (!page) throw new Error('index.html has no element with the id "page"');
createRoot(page).render(<App />);
