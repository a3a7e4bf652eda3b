import type { Channel, ChannelLimits } from './core/channel.ts'

type Carrier = { readonly channel: Channel; readonly limits: ChannelLimits }

/** The channel that carries an `Address.channel`, where one of those that are switched on does. */
export function carriers(channels: readonly Channel[]): (name: string) => Carrier | undefined {
  const byName = new Map<string, Carrier>()
  for (const channel of channels)
    for (const [name, limits] of Object.entries(channel.limits)) byName.set(name, { channel, limits })
  return (name) => byName.get(name)
}
