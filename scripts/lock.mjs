#!/usr/bin/env node
// Writes package-lock.json of a folder anew: `scripts/lock.mjs web`. To be run after a change of its package.json.
//
// Two things that `npm install` alone does not do well. The lock file names no registry (.npmrc sees to that), and npm
// adds to such a file wrongly, so it is made from nothing. And a registry that lacks the builds for other systems
// (say, of Biome for macOS) leaves them out of the lock file, after which `npm ci` refuses it; here they are added by
// name and version, so that the same file serves every system.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
if (!folder) {
  console.error('usage: scripts/lock.mjs FOLDER')
  process.exit(2)
}
const file = join(folder, 'package-lock.json')
rmSync(file, { force: true })
rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })

const lock = JSON.parse(readFileSync(file, 'utf8'))
const names = {
  os: /\b(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)\b/,
  cpu: /\b(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)\b/,
}
for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const [os, cpu] = [names.os, names.cpu].map((pattern) => name.match(pattern)?.[1])
    if (lock.packages[`node_modules/${name}`] || !(os || cpu)) continue
    const entry = { version, dev: true, optional: true }
    if (os) entry.os = [os]
    if (cpu) entry.cpu = [cpu]
    if (/musl/.test(name)) entry.libc = ['musl']
    else if (/gnu/.test(name)) entry.libc = ['glibc']
    lock.packages[`node_modules/${name}`] = entry
    console.log(`added ${name}@${version}`)
  }
}
const { '': root, ...rest } = lock.packages
lock.packages = { '': root, ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) }
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
