import { mostReviewWords } from '../../bot-review.ts'
import { command, type DeskCommand, handlers, isCase, words } from '../command.ts'
import { refuse } from '../performed.ts'
import { noteLook } from './looking.ts'

export const teachingCommands: readonly DeskCommand[] = [
  command({
    name: 'bot-wrong',
    label: 'The assistant erred',
    help: 'Say what the assistant should have understood or answered. It goes to whoever writes the answers; nothing changes by itself.',
    roles: handlers,
    offered: isCase,
    fields: [words('should', 'What should it have understood or answered?', { maxLength: mostReviewWords })],
    form: { title: 'The assistant erred', submit: 'Put on the list' },
    run: async (request, { should = '' }, desk) => {
      const { id, at, by, caseId } = request
      const [{ state }, { thread }] = await Promise.all([desk.engine.cases.load(caseId), desk.cases.record(caseId)])
      if (state.status === 'none') return refuse('no-case', `There is no case ${caseId} that you can see.`)
      const heard = thread.findLast(({ direction }) => direction === 'in')?.text ?? ''
      await desk.reviews.propose({
        ...{ id, at, caseId, by: by.id, words: heard.slice(0, mostReviewWords), shouldBe: should },
        heardAs: { kind: state.kind, category: state.category },
      })
      await noteLook(request, desk)
      return { outcome: 'answered', answer: 'It is on the list of whoever writes the answers. Thank you.' }
    },
  }),
]
