import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync('dist/web', { recursive: true })
writeFileSync('dist/web/index.html', '<!doctype html><title>desk</title>')
