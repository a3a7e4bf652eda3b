import { faultOf, idsIn, mostFiles, offeredTo } from '../attachments/outgoing.ts'
import type { FileRef } from '../message.ts'
import type { DeskDeps } from './desk-deps.ts'
import type { CommandRequest } from './performed.ts'
import type { Ready } from './prepare.ts'

/** The files an answer carries, or in words why it cannot carry them. */
export async function filesFor(
  { command, args, state }: Ready,
  request: CommandRequest,
  desk: DeskDeps,
): Promise<readonly FileRef[] | string> {
  const field = command.fields.find(({ kind }) => kind === 'files')
  const ids = idsIn(field === undefined ? '' : args[field.name])
  if (ids.length === 0 || state.status === 'none') return []
  if (ids.length > mostFiles) return `files: at most ${mostFiles} files go with one answer.`
  const found = await allFiles(ids, request, desk)
  if (typeof found === 'string') return found
  const fault = found.map(faultOf).find((words) => words !== undefined)
  if (fault !== undefined) return `files: ${fault}`
  const { links, room } = desk.files.on(state, found)
  const isTooLong = links.length > 0 && (args.text ?? '').length > room
  return isTooLong ? `files: go as links here, which leaves ${room} letters for your words.` : found
}

/** Only what this person sent to the desk, or what stands under this case's card: an id alone opens nothing. */
async function allFiles(ids: readonly string[], { by, caseId, files = [] }: CommandRequest, desk: DeskDeps) {
  const given = new Map<string, FileRef>(files.map((file) => [file.id, file]))
  const asked = ids.filter((id) => !given.has(id))
  const stored = asked.length === 0 ? [] : await desk.files.about(asked)
  const allowed: readonly string[] = [offeredTo.person(by.id), offeredTo.case(caseId)]
  const all: FileRef[] = []
  for (const id of ids) {
    const file = given.get(id) ?? stored.find((one) => one.id === id && allowed.includes(one.offeredTo ?? ''))
    if (file === undefined) return 'files: one of them is not here (any more). Please send it again.'
    if ('state' in file && file.state === 'missed') return `files: ${file.name} could not be fetched.`
    const { name, contentType, sizeBytes } = file
    all.push({ id, name, contentType, sizeBytes })
  }
  return all
}
